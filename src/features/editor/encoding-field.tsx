import { cx } from '@/ui/cx';
import { Segmented } from '@/ui/segmented';
import type { Encoding, MessageForm } from './message-form';
import { type EncodingHabit, encodingHint } from './queue-encoding';

type EncodingFieldProps = {
  form: Pick<MessageForm, 'body' | 'encoding'>;
  /** How the messages that are there are encoded. */
  habit: EncodingHabit | undefined;
  onChange: (encoding: Encoding) => void;
};

/** As text or as Base64, and whether that is what the queue has. */
export function EncodingField({ form: { body, encoding }, habit, onChange }: EncodingFieldProps) {
  const isFile = body.kind === 'file';
  const isUnusual = habit !== undefined && habit.encoding !== encoding;
  return (
    <div className="grid content-start justify-items-start gap-1.5">
      <span className="text-12 font-semibold">Encoding</span>
      <Segmented
        label="Encoding"
        value={encoding}
        onChange={onChange}
        options={[
          { value: 'text', label: 'Text', disabled: isFile },
          { value: 'base64', label: 'Base64' },
        ]}
      />
      <p className={cx('text-12', isUnusual ? 'text-warn' : 'text-text-3')}>
        {isFile ? 'Bytes travel as Base64 only' : encodingHint(habit, encoding)}
      </p>
    </div>
  );
}
