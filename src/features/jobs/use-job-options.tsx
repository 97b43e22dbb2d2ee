import { useState } from 'react';
import { PaceFields } from './pace-fields';
import { paceOptions, USUAL_PACE } from './pace-options';
import { jobOptions, needsSearch, type Scope, usualLimit } from './scope';

/** How fast a job on messages may go and how far it may look: the fields, and what is to be done by them. */
export function useJobOptions(scope: Scope) {
  const [pace, setPace] = useState(USUAL_PACE);
  const [ownLimit, setLimit] = useState<number>();
  const limit = ownLimit ?? usualLimit(scope);
  return {
    limit,
    options: jobOptions(scope, pace, limit),
    fields: (
      <PaceFields pace={pace} onPace={setPace} limit={needsSearch(scope) ? limit : undefined} onLimit={setLimit} />
    ),
  };
}

/** How fast a job may go that has nothing to look for. */
export function usePaceOptions() {
  const [pace, setPace] = useState(USUAL_PACE);
  return {
    pace: paceOptions(pace),
    fields: <PaceFields pace={pace} onPace={setPace} limit={undefined} onLimit={() => {}} />,
  };
}
