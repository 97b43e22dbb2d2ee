import { updatedVisibilityTimeoutProblem } from '@/azure/protocol/input-rules';
import type { Lease } from '@/state/leases/leases';
import { Field, TimeSpanInput } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import { secondsOf, type TimeSpan } from '@/words/spans';
import { clockTime } from '@/words/times';

/** What happens to the lease when the text is saved. */
export type AfterSaving = { choice: 'keep' | 'release' | 'custom'; span: TimeSpan };

/** Seconds of the new visibility timeout; undefined to keep the lease to its end. */
export function visibilityOf({ choice, span }: AfterSaving): number | undefined {
  if (choice === 'keep') return undefined;
  return choice === 'release' ? 0 : secondsOf(span);
}

/** Why the service would refuse the visibility timeout. */
export const afterSavingProblem = ({ choice, span }: AfterSaving) =>
  choice === 'custom' ? updatedVisibilityTimeoutProblem(secondsOf(span)) : undefined;

/** Says until when the message is hidden after saving. `now` and `endsAt` in epoch ms; `endsAt` undefined without a lease. */
export function afterSavingHint(value: AfterSaving, { now, endsAt }: { now: number; endsAt: number | undefined }) {
  const seconds = visibilityOf(value);
  if (seconds === 0) return 'Consumers see it at once';
  const until = seconds === undefined ? endsAt : now + seconds * 1000;
  return until === undefined ? 'Yours for as long as the lease lasts' : `Yours until ${clockTime(until)}`;
}

type AfterSavingFieldsProps = {
  value: AfterSaving;
  onChange: (value: AfterSaving) => void;
  /** Epoch ms at which the lease ends; undefined without one. */
  endsAt: number | undefined;
  now: number;
};

export function AfterSavingFields({ value, onChange, endsAt, now }: AfterSavingFieldsProps) {
  const { choice, span } = value;
  const problem = afterSavingProblem(value);
  return (
    <div className="flex flex-wrap gap-4">
      <div className="grid content-start justify-items-start gap-1.5">
        <span className="text-12 font-semibold">After saving</span>
        <Segmented
          label="After saving"
          value={choice}
          onChange={(next) => onChange({ ...value, choice: next })}
          options={[
            { value: 'keep', label: 'Keep lease' },
            { value: 'release', label: 'Release lease' },
            { value: 'custom', label: 'Custom' },
          ]}
        />
        <p className="text-12 text-text-3">
          {afterSavingHint(value, { now, endsAt })}
          {choice === 'release' && '. It cannot be undone then'}
        </p>
      </div>
      {choice === 'custom' && (
        <Field label="Visibility timeout" error={problem} className="min-w-50">
          <TimeSpanInput value={span} onChange={(next) => onChange({ ...value, span: next })} />
        </Field>
      )}
    </div>
  );
}

/** Says what became of the lease of a saved message. */
export function savedText(lease: Pick<Lease, 'state' | 'endsAt'> | undefined): string {
  if (!lease) return 'Lease released';
  return lease.state === 'held'
    ? `Leased by you until ${clockTime(lease.endsAt)}`
    : `Hidden until ${clockTime(lease.endsAt)}, by a receipt that this page cannot read`;
}
