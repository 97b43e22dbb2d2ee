import { useEffect } from 'react';
import { isRunning } from '@/messages/lease';
import { useNetworkLoss } from '@/state/activity/network';
import { allLeases } from '@/state/leases/leases';
import { dismissToast, toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';
import { clockTime } from '@/words/times';

/** What leases do while nothing can be sent, as a sentence; undefined without one. */
function leasesRunOn(connectionId: string): string | undefined {
  const ends = allLeases()
    .filter((lease) => lease.connectionId === connectionId && isRunning(lease))
    .map(({ endsAt }) => endsAt.getTime())
    .toSorted((one, other) => one - other);
  const [next, last] = [ends[0], ends.at(-1)];
  if (next === undefined || last === undefined) return undefined;
  if (ends.length === 1)
    return `A lease of yours runs on until ${clockTime(next)}, and cannot be extended or released now.`;
  return `${counted(ends.length, 'lease')} of yours run on, and cannot be extended or released now: the next ends at ${clockTime(next)}, the last at ${clockTime(last)}.`;
}

/** Tells, once the network of a connection is gone, until when its leases run on; gone when it is back. */
export function NetworkNote({ connectionId }: { connectionId: string }) {
  const loss = useNetworkLoss(connectionId);
  useEffect(() => {
    const detail = loss === undefined ? undefined : leasesRunOn(connectionId);
    if (detail === undefined) return undefined;
    const title = loss === 'server' ? 'The local server does not answer' : 'No network';
    const note = toast({ title, detail, tone: 'warn', duration: 0 });
    return () => dismissToast(note);
  }, [loss, connectionId]);
  return null;
}
