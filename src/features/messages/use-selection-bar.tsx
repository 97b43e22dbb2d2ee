import { type ReactNode, useEffect, useState } from 'react';
import type { MessageWork } from './use-message-work';

type Loaded = Pick<typeof import('./selection-bar'), 'SelectionBar'>;

/**
 * The selection bar while messages are checked, or are about to be. Its code is loaded once the rows are there, as nobody can check one
 * sooner; without Suspense, which would blink.
 */
export function useSelectionBar(work: MessageWork, onSelectAll: () => void): ReactNode {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    async function load() {
      setLoaded(await import('./selection-bar'));
    }
    void load();
  }, []);
  const isShown = work.checked.length > 0 || work.isSelecting;
  return loaded && isShown ? <loaded.SelectionBar work={work} onSelectAll={onSelectAll} /> : undefined;
}
