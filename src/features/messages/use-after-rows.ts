import { useEffect, useState } from 'react';
import { loadLeaseRequests } from '@/actions/message-actions';
import { whenFirstScreenIsThere } from '@/parts/first-screen';
import { insist } from '@/parts/insist';

type AfterRows = typeof import('./after-rows');

let loaded: AfterRows | undefined;

async function load(): Promise<AfterRows> {
  await whenFirstScreenIsThere();
  loaded = await insist(() => import('./after-rows'));
  void insist(() => import('./list/first-load-failure'));
  void insist(loadLeaseRequests);
  return loaded;
}

/**
 * What comes right after the rows, at once when it is loaded. Without Suspense, which would blink, so that nothing jumps
 * later than the press that asks for it.
 */
export function useAfterRows(): AfterRows | undefined {
  const [late, setLate] = useState(loaded);
  useEffect(() => {
    if (!loaded) void load().then(setLate);
  }, []);
  return late;
}
