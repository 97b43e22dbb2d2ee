import { LONGEST_RETENTION_DAYS } from '@/azure/protocol/limits';
import type { LoggingSettings, MetricsSettings, RetentionPolicy } from '@/azure/protocol/model';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, NumberInput, Select } from '@/ui/controls/field';
import { Switch } from '@/ui/controls/switch';

const NO_RETENTION = { enabled: false };
const LOGGING: LoggingSettings = { version: '1.0', read: false, write: false, delete: false, retention: NO_RETENTION };
const METRICS: MetricsSettings = { version: '1.0', enabled: false, retention: NO_RETENTION };

/** Days to keep when deletion is turned on. */
const USUAL_DAYS = 7;

const OPERATIONS = [
  { field: 'read', label: 'Reads', what: 'peek, list, read metadata and properties' },
  { field: 'write', label: 'Writes', what: 'add, update, create, set metadata' },
  { field: 'delete', label: 'Deletes', what: 'delete and clear' },
] as const;

type LoggingFormProps = { value: LoggingSettings | undefined; onChange: (value: LoggingSettings) => void };

/** The settings of logging: which requests Azure writes to the account's logs. */
export function LoggingForm({ value = LOGGING, onChange }: LoggingFormProps) {
  const versions = [...new Set(['1.0', '2.0', value.version])].map((version) => ({ value: version, label: version }));
  return (
    <div className="grid max-w-140 gap-4">
      <p className="text-12 text-pretty text-text-3">
        Azure writes a line for each of these requests to blobs in the account’s container $logs. Their storage is
        billed.
      </p>
      <fieldset>
        <legend className="mb-1 text-12 font-semibold">Requests to log</legend>
        {OPERATIONS.map(({ field, label, what }) => (
          <div key={field}>
            <Checkbox checked={value[field]} onChange={(on) => onChange({ ...value, [field]: on })}>
              <span>
                {label} <span className="text-12 text-text-3">{what}</span>
              </span>
            </Checkbox>
          </div>
        ))}
      </fieldset>
      <Retention noun="logs" value={value.retention} onChange={(retention) => onChange({ ...value, retention })} />
      <Field label="Log version" hint="2.0 records more about authorisation. Not every service supports it.">
        <Select
          className="w-24"
          value={value.version}
          options={versions}
          onChange={(version) => onChange({ ...value, version })}
        />
      </Field>
    </div>
  );
}

type MetricsFormProps = {
  every: 'hour' | 'minute';
  value: MetricsSettings | undefined;
  onChange: (value: MetricsSettings) => void;
};

/** The settings of metrics: whether Azure adds up requests, and how finely. */
export function MetricsForm({ every, value = METRICS, onChange }: MetricsFormProps) {
  function enable(enabled: boolean) {
    const { includeApis: _, ...rest } = value;
    onChange(enabled ? { ...rest, enabled, includeApis: value.includeApis ?? true } : { ...rest, enabled });
  }
  return (
    <div className="grid max-w-140 gap-4">
      <p className="text-12 text-pretty text-text-3">
        Azure adds up requests, failures and response times for each {every} in the table{' '}
        <span className="font-mono">${every === 'hour' ? 'MetricsHour' : 'MetricsMinute'}PrimaryTransactionsQueue</span>{' '}
        of the account.
      </p>
      <div className="grid justify-items-start gap-1">
        <Switch label={`Collect ${every} metrics`} checked={value.enabled} onChange={enable} />
        <Checkbox
          disabled={!value.enabled}
          checked={value.enabled && (value.includeApis ?? false)}
          onChange={(includeApis) => onChange({ ...value, includeApis })}
        >
          Also for each operation
        </Checkbox>
      </div>
      <Retention noun="metrics" value={value.retention} onChange={(retention) => onChange({ ...value, retention })} />
    </div>
  );
}

type RetentionProps = { noun: string; value: RetentionPolicy; onChange: (value: RetentionPolicy) => void };

function Retention({ noun, value, onChange }: RetentionProps) {
  function enable(enabled: boolean) {
    const { days = USUAL_DAYS, ...rest } = value;
    onChange(enabled ? { ...rest, enabled, days } : { ...rest, enabled });
  }
  return (
    <div className="grid justify-items-start gap-2">
      <Checkbox checked={value.enabled} onChange={enable}>
        Delete {noun} after some days
      </Checkbox>
      {value.enabled ? (
        <Field label="Days to keep" hint={`1 to ${LONGEST_RETENTION_DAYS}. Azure deletes older entries for good.`}>
          <NumberInput
            min={1}
            max={LONGEST_RETENTION_DAYS}
            value={value.days ?? USUAL_DAYS}
            onChange={(days) => onChange({ ...value, days: Math.round(days) })}
            className="w-24"
          />
        </Field>
      ) : (
        <p className="text-12 text-text-3">Kept until somebody deletes them.</p>
      )}
    </div>
  );
}
