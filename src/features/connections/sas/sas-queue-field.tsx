import { useId } from 'react';
import type { Queue } from '@/azure/protocol/model';
import { Field, TextInput } from '@/ui/controls/field';

type SasQueueFieldProps = {
  /** Those that the account lists, offered while a name is typed. */
  queues: readonly Queue[];
  queue: string;
  problem: string | undefined;
  onChange: (queue: string) => void;
};

/** More names than these make the browser's list slow. */
const MOST_NAMES = 500;

/** The one queue that a signature is for; it need not be there yet. */
export function SasQueueField({ queues, queue, problem, onChange }: SasQueueFieldProps) {
  const names = useId();
  return (
    <>
      <Field label="Queue" error={problem}>
        <TextInput list={names} value={queue} onChange={({ target }) => onChange(target.value.trim())} />
      </Field>
      <datalist id={names}>
        {queues.slice(0, MOST_NAMES).map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}
