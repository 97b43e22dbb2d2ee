import { updatedVisibilityTimeoutProblem } from '@/azure/rules';
import { type Lease, leaseRemaining } from '@/state/leases';
import { Field } from '@/ui/field';
import { clockTime } from '@/ui/relative-time';
import { Segmented } from '@/ui/segmented';
import { secondsOf, type TimeSpan } from '@/ui/time-span';
import { TimeSpanInput } from '@/ui/time-span-input';

/** What becomes of the lease when the text is saved. */
export type AfterSaving = { choice: 'keep' | 'release' | 'custom'; span: TimeSpan };

/** Seconds of invisibility to ask for; keeping a lease asks for what is left of it, at least one. */
export function visibilityOf({ choice, span }: AfterSaving, lease: Pick<Lease, 'endsAt'>, now: number): number {
  if (choice === 'release') return 0;
  return choice === 'custom' ? secondsOf(span) : Math.max(1, Math.ceil(leaseRemaining(lease, now) / 1000));
}

export const afterSavingProblem = ({ choice, span }: AfterSaving) =>
  choice === 'custom' ? updatedVisibilityTimeoutProblem(secondsOf(span)) : undefined;

type AfterSavingFieldsProps = { value: AfterSaving; onChange: (value: AfterSaving) => void; lease: Lease; now: number };

export function AfterSavingFields({ value, onChange, lease, now }: AfterSavingFieldsProps) {
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
        <p className="text-12 text-text-3">{hint()}</p>
      </div>
      {choice === 'custom' && (
        <Field label="Visibility timeout" error={problem} className="min-w-50">
          <TimeSpanInput value={span} onChange={(next) => onChange({ ...value, span: next })} />
        </Field>
      )}
    </div>
  );

  function hint() {
    if (choice === 'release') return 'Consumers see it at once';
    const until = choice === 'keep' ? lease.endsAt.getTime() : now + secondsOf(span) * 1000;
    return secondsOf(span) === 0 && choice === 'custom'
      ? 'Consumers see it at once'
      : `Yours until ${clockTime(until)}`;
  }
}
