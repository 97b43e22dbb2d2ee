import { useId, useState } from 'react';
import { ENVIRONMENT_LABELS, environmentOf, LONGEST_LABEL } from '@/state/connections/environments';
import { EnvironmentBadge } from '@/ui/controls/badge';
import { Select, TextInput } from '@/ui/controls/field';
import { Switch } from '@/ui/controls/switch';

const NONE = 'none';
const OTHER = 'other';
const OPTIONS = [
  { value: NONE, label: 'None' },
  ...ENVIRONMENT_LABELS.map((label) => ({ value: label, label })),
  { value: OTHER, label: 'Custom label' },
];

export type SafetySettings = { environment: string | undefined; readOnly: boolean };

type EnvironmentFieldsProps = {
  value: SafetySettings;
  onChange: (safety: SafetySettings) => void;
  /** Where the suggested environment comes from. */
  hint?: string | undefined;
  /** True while read-only cannot be changed, since it is encrypted with a locked secret. */
  isSealed?: boolean | undefined;
};

/** The environment of a connection and whether it is read-only. Production starts read-only. */
export function EnvironmentFields({ value, onChange, hint, isSealed = false }: EnvironmentFieldsProps) {
  const { environment, readOnly } = value;
  const isPreset = environment === undefined || ENVIRONMENT_LABELS.includes(environment);
  const [isOwn, setIsOwn] = useState(!isPreset);
  const id = useId();

  function choose(next: string) {
    setIsOwn(next === OTHER);
    change(next === NONE || next === OTHER ? undefined : next);
  }
  function change(label: string | undefined) {
    const isProduction = environmentOf(label)?.production ?? false;
    const wasProduction = environmentOf(environment)?.production ?? false;
    onChange({ environment: label, readOnly: isSealed || isProduction === wasProduction ? readOnly : isProduction });
  }

  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-12 font-semibold">Environment</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Environment"
          aria-describedby={id}
          value={isOwn ? OTHER : (environment ?? NONE)}
          options={OPTIONS}
          onChange={choose}
        />
        {isOwn && (
          <TextInput
            aria-label="Label"
            placeholder="QA-EU"
            maxLength={LONGEST_LABEL}
            value={environment ?? ''}
            onChange={(text) => change(text === '' ? undefined : text)}
            className="w-32"
          />
        )}
        <EnvironmentBadge environment={environmentOf(environment)} />
        <Switch
          label="Read-only"
          checked={readOnly}
          disabled={isSealed}
          onChange={(on) => onChange({ environment, readOnly: on })}
          className="ml-auto"
        />
      </div>
      <p id={id} className="text-12 text-pretty text-text-3">
        {hint !== undefined && `${hint} `}
        {isSealed && 'Unlock the connection to change Read-only. '}
        {readOnly
          ? 'This page changes nothing there and does not receive, since that hides messages. You can allow changes at any time.'
          : environmentOf(environment)?.production
            ? 'Deleting and Browse all ask first, with the number of messages.'
            : environment === undefined
              ? 'A label is shown beside the name of the account everywhere. PROD starts read-only.'
              : 'The label is shown beside the name of the account everywhere.'}
      </p>
    </fieldset>
  );
}
