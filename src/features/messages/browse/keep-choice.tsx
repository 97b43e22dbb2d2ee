import { useId } from 'react';
import { cx } from '@/ui/format/cx';

type KeepChoiceProps = {
  /** What is done with the messages at the end. */
  legend: string;
  isKept: boolean;
  /** Cost and consequence of each, where they are to be said. */
  look?: string | undefined;
  work?: string | undefined;
  onChange: (isKept: boolean) => void;
};

/** Whether a browse returns everything at its end, or keeps the leases as the working set of what comes next. */
export function KeepChoice({ legend, isKept, look, work, onChange }: KeepChoiceProps) {
  const name = useId();
  return (
    <fieldset className="flex min-w-0 flex-wrap items-stretch gap-2 text-12">
      <legend className="sr-only">{legend}</legend>
      <Option
        name={name}
        label="Look only"
        detail="returns everything"
        cost={look}
        isChosen={!isKept}
        onChoose={() => onChange(false)}
      />
      <Option
        name={name}
        label="Work on these"
        detail="keeps the leases"
        cost={work}
        isChosen={isKept}
        onChoose={() => onChange(true)}
      />
    </fieldset>
  );
}

type OptionProps = {
  name: string;
  label: string;
  detail: string;
  cost: string | undefined;
  isChosen: boolean;
  onChoose: () => void;
};

function Option({ name, label, detail, cost, isChosen, onChoose }: OptionProps) {
  const labelId = useId();
  const costId = useId();
  return (
    <label
      className={cx(
        'flex min-w-0 flex-1 basis-56 items-start gap-2 rounded-6 border bg-surface px-2.5 py-1.5 max-desk:min-h-11',
        isChosen ? 'border-ink shadow-[inset_0_0_0_1px_var(--color-ink)]' : 'border-line-strong',
      )}
    >
      <input
        type="radio"
        name={name}
        aria-labelledby={labelId}
        aria-describedby={cost === undefined ? undefined : costId}
        checked={isChosen}
        onChange={onChoose}
        className="mt-px size-3.5 flex-none accent-ink"
      />
      <span className="min-w-0">
        <span id={labelId}>
          <b className="font-semibold">{label}</b> <span className="text-text-2">({detail})</span>
        </span>
        {cost !== undefined && (
          <span id={costId} className="block text-pretty text-text-3 tabular-nums">
            {cost}
          </span>
        )}
      </span>
    </label>
  );
}
