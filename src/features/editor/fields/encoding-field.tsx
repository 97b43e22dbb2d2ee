import type { Layer } from '@/azure/bodies/encode-layers';
import type { EncodingHabit } from '@/messages/encoding-habit';
import { Segmented } from '@/ui/controls/segmented';
import { cx } from '@/ui/format/cx';
import { layerNames } from '../form/layers-note';
import { encodingOf, type MessageForm } from '../form/message-form';
import { encodingHint } from '../form/queue-encoding';

type EncodingFieldProps = {
  form: Pick<MessageForm, 'body' | 'encoding' | 'layers'>;
  /** The layers of the draft of an edit, when the form took one over. */
  packing: readonly Layer[] | undefined;
  /** The encoding of the messages in the queue. */
  habit: EncodingHabit | undefined;
  onChange: (written: Pick<MessageForm, 'encoding' | 'layers'>) => void;
};

/** The choice of encoding, and whether it is the queue's. */
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
          onChange(value === 'packed' ? encodingOf(packing ?? []) : { encoding: value, layers: undefined })
        }
        options={[
          { value: 'text' as const, label: 'Text', disabled: isFile },
          { value: 'base64' as const, label: 'Base64' },
          ...(packing ? [{ value: 'packed' as const, label: 'As it was', disabled: isFile }] : []),
        ]}
      />
      <p className={cx('text-12', isUnusual ? 'text-warn' : 'text-text-3')}>
        {isFile
          ? 'Bytes can be sent as Base64 only'
          : layers
            ? `Packed again: ${layerNames(layers)}`
            : encodingHint(habit, encoding)}
      </p>
    </div>
  );
}
