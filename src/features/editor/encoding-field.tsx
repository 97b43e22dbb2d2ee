import type { Layer } from '@/azure/bodies/encode-layers';
import { Segmented } from '@/ui/controls/segmented';
import { cx } from '@/ui/format/cx';
import { layerNames } from './layers-note';
import { type MessageForm, writtenIn } from './message-form';
import { type EncodingHabit, encodingHint } from './queue-encoding';

type EncodingFieldProps = {
  form: Pick<MessageForm, 'body' | 'encoding' | 'layers'>;
  /** How the draft of an edit was packed, when it began with one. */
  packing: readonly Layer[] | undefined;
  /** How the messages that are there are encoded. */
  habit: EncodingHabit | undefined;
  onChange: (written: Pick<MessageForm, 'encoding' | 'layers'>) => void;
};

/** As text, as Base64 or packed as it was, and whether that is what the queue has. */
export function EncodingField({ form: { body, encoding, layers }, packing, habit, onChange }: EncodingFieldProps) {
  const isFile = body.kind === 'file';
  const isUnusual = !layers && habit !== undefined && habit.encoding !== encoding;
  return (
    <div className="grid content-start justify-items-start gap-1.5">
      <span className="text-12 font-semibold">Encoding</span>
      <Segmented
        label="Encoding"
        value={layers ? 'packed' : encoding}
        onChange={(value) =>
          onChange(value === 'packed' ? writtenIn(packing ?? []) : { encoding: value, layers: undefined })
        }
        options={[
          { value: 'text' as const, label: 'Text', disabled: isFile },
          { value: 'base64' as const, label: 'Base64' },
          ...(packing ? [{ value: 'packed' as const, label: 'As it was', disabled: isFile }] : []),
        ]}
      />
      <p className={cx('text-12', isUnusual ? 'text-warn' : 'text-text-3')}>
        {isFile
          ? 'Bytes travel as Base64 only'
          : layers
            ? `Packed again: ${layerNames(layers)}`
            : encodingHint(habit, encoding)}
      </p>
    </div>
  );
}
