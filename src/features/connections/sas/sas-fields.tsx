import { useId } from 'react';
import type { AccessPolicy } from '@/azure/protocol/model';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, Select, TextInput } from '@/ui/controls/field';
import { Switch } from '@/ui/controls/switch';
import { DURATIONS, type FormProblems, type SasForm } from './sas-form';

type SasTermFieldsProps = {
  form: SasForm;
  policy: AccessPolicy | undefined;
  problems: Pick<FormProblems, 'start' | 'expiry' | 'address'>;
  /** The durations that are offered. */
  durations?: typeof DURATIONS;
  onChange: (part: Partial<SasForm>) => void;
};

/** The validity of a signature, as far as its policy does not set it, and from where and how it may be used. */
export function SasTermFields({ form, policy, problems, durations = DURATIONS, onChange }: SasTermFieldsProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3 empty:hidden max-desk:grid-cols-1">
        {!policy?.startsAt && (
          <Field
            label="Starts"
            hint="Empty: at once. Azure’s clock may differ from yours, so leave it out unless it must wait."
            error={problems.start}
          >
            <TextInput type="datetime-local" value={form.start} onChange={(start) => onChange({ start })} />
          </Field>
        )}
        {!policy?.expiresAt && (
          <div className="grid content-start gap-2">
            <Field label="Lasts" error={form.duration === 'exact' ? undefined : problems.expiry}>
              <Select value={form.duration} onChange={(duration) => onChange({ duration })} options={durations} />
            </Field>
            {form.duration === 'exact' && (
              <Field label="Expires" error={problems.expiry}>
                <TextInput type="datetime-local" value={form.expiry} onChange={(expiry) => onChange({ expiry })} />
              </Field>
            )}
          </div>
        )}
      </div>
      <Field label="Allowed address" hint="An IPv4 address or a range. Empty: from anywhere." error={problems.address}>
        <TextInput
          mono
          placeholder="203.0.113.0-203.0.113.255"
          value={form.address}
          onChange={(address) => onChange({ address })}
        />
      </Field>
      <Switch label="https only" checked={form.httpsOnly} onChange={(httpsOnly) => onChange({ httpsOnly })} />
    </>
  );
}

type SasQueueFieldProps = {
  /** Queues of the account, offered while a name is typed. */
  queues: readonly string[];
  queue: string;
  problem: string | undefined;
  onChange: (queue: string) => void;
};

/** Names offered at most: more make the browser's list slow. */
const MAX_NAMES = 500;

/** The field for the one queue of a signature, which need not exist yet. */
export function SasQueueField({ queues, queue, problem, onChange }: SasQueueFieldProps) {
  const names = useId();
  return (
    <>
      <Field label="Queue" error={problem}>
        <TextInput list={names} value={queue} onChange={(text) => onChange(text.trim())} />
      </Field>
      <datalist id={names}>
        {queues.slice(0, MAX_NAMES).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}

type SasCheckboxesProps = {
  label: string;
  options: readonly (readonly [letter: string, name: string])[];
  value: string;
  onChange: (letters: string) => void;
  problem: string | undefined;
  hint?: string | undefined;
};

/** Letters of a signature as boxes to tick: permissions, or resource types. */
export function SasCheckboxes({ label, options, value, onChange, problem, hint }: SasCheckboxesProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-12 font-semibold">{label}</legend>
      <div className="flex flex-wrap gap-x-4">
        {options.map(([letter, name]) => (
          <Checkbox
            key={letter}
            checked={value.includes(letter)}
            onChange={(isOn) => onChange(isOn ? value + letter : value.replace(letter, ''))}
          >
            <span>
              {name} <span className="font-mono text-12 text-text-3">{letter}</span>
            </span>
          </Checkbox>
        ))}
      </div>
      {hint && <p className="text-12 text-text-3">{hint}</p>}
      <p aria-live="polite" className="text-12 text-danger">
        {problem}
      </p>
    </fieldset>
  );
}
