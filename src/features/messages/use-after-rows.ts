import { useEffect, useState } from 'react';

type AfterRows = typeof import('./after-rows');

let loaded: AfterRows | undefined;

/** What comes right after the rows, at once when it is here. */
export function withAfterRows(work: (late: AfterRows) => unknown): void {
  if (loaded) work(loaded);
  else void load().then(work);
}

async function load(): Promise<AfterRows> {
  loaded = await import('./after-rows');
  return loaded;
}

/** The same for components; without Suspense, which would blink, so that nothing jumps later than the press that asks for it. */
export function useAfterRows(): AfterRows | undefined {
  const [late, setLate] = useState(loaded);
  useEffect(() => withAfterRows(setLate), []);
  return late;
}
