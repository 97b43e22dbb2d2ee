import { useSyncExternalStore } from 'react';
import { useNetworkLoss } from '@/state/activity/network';
import { useOpenDialog } from '@/state/navigation/open-dialog';
import { usePreference } from '@/state/settings/preferences';

function onVisibility(changed: () => void) {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

/**
 * Milliseconds between refreshes for `refetchInterval`; false while live mode is off, the tab is hidden, the network of the connection
 * is gone, or a dialog is open, so that rows do not move during a decision.
 */
export function useLiveInterval(connectionId: string): number | false {
  const live = usePreference('live');
  const seconds = usePreference('liveInterval');
  const isVisible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  const isDeciding = useOpenDialog() !== undefined;
  const isThere = useNetworkLoss(connectionId) === undefined;
  return live && isThere && isVisible && !isDeciding && seconds * 1000;
}

/** For what is edited as it was read: a refetch must not change it meanwhile. */
export const READ_ONCE = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false } as const;
