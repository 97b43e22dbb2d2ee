import { Field, NumberInput } from '@/ui/controls/field';
import type { PaceChoice } from './pace-options';

type PaceFieldsProps = {
  pace: PaceChoice;
  onPace: (pace: PaceChoice) => void;
  /** Messages received at most; undefined where nothing has to be found. */
  limit: number | undefined;
  onLimit: (limit: number) => void;
};

/** How fast a job may go, and how far it may look. */
export function PaceFields({ pace, onPace, limit, onLimit }: PaceFieldsProps) {
  return (
    <div className="grid grid-cols-3 gap-3 max-desk:grid-cols-1">
      <Field label="At a time" hint="1 to 64 requests">
        <NumberInput
          min={1}
          max={64}
          value={pace.concurrency}
          onChange={(concurrency) => onPace({ ...pace, concurrency: Math.round(concurrency) })}
        />
      </Field>
      <Field
        label="A second, at most"
        hint={pace.perSecond === 0 ? '0: as fast as it goes' : 'Messages begun in a second'}
      >
        <NumberInput
          min={0}
          max={10_000}
          value={pace.perSecond}
          onChange={(perSecond) => onPace({ ...pace, perSecond })}
        />
      </Field>
      {limit !== undefined && (
        <Field label="Receive at most" hint="Messages, to find those chosen">
          <NumberInput min={1} max={1_000_000} value={limit} onChange={(next) => onLimit(Math.round(next))} />
        </Field>
      )}
    </div>
  );
}
