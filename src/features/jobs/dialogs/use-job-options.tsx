import { useState } from 'react';
import { Field, NumberInput } from '@/ui/controls/field';
import { paceOptions, USUAL_PACE } from '../shared/pace-options';
import { jobOptions, needsSearch, type Scope, usualLimit } from '../shared/scope';

/** The speed and the reach of a job on messages: their fields, and the options that they make. */
export function useJobOptions(scope: Scope) {
  const [chosenLimit, setLimit] = useState<number>();
  const limit = chosenLimit ?? usualLimit(scope);
  const { pace, fields } = usePaceFields(
    needsSearch(scope) && (
      <Field label="Receive at most" hint="Stops searching after this many messages">
        <NumberInput min={1} max={1_000_000} value={limit} onChange={(next) => setLimit(Math.round(next))} />
      </Field>
    ),
  );
  return { limit, options: jobOptions(scope, pace, limit), fields };
}

/** The speed of a job that has nothing to search for. */
export function usePaceOptions() {
  const { pace, fields } = usePaceFields(null);
  return { pace: paceOptions(pace), fields };
}

function usePaceFields(limitField: React.ReactNode) {
  const [pace, setPace] = useState(USUAL_PACE);
  const fields = (
    <div className="grid grid-cols-3 gap-3 max-desk:grid-cols-1">
      <Field label="Parallel requests" hint="1 to 64">
        <NumberInput
          min={1}
          max={64}
          value={pace.concurrency}
          onChange={(concurrency) => setPace({ ...pace, concurrency: Math.round(concurrency) })}
        />
      </Field>
      <Field label="Messages per second" hint="0: no limit">
        <NumberInput
          min={0}
          max={10_000}
          value={pace.perSecond}
          onChange={(perSecond) => setPace({ ...pace, perSecond })}
        />
      </Field>
      {limitField}
    </div>
  );
  return { pace, fields };
}
