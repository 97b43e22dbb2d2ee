import { useEffect } from 'react';
import { connectionLabel } from '@/features/connections/shared/connection-name';
import { isRunning } from '@/messages/lease';
import { useNetworkLoss } from '@/state/activity/network';
import { useConnections } from '@/state/connections/connections';
import { allLeases } from '@/state/leases/leases';
import { dismissToast, toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';
import { isolated } from '@/words/isolate';
import { clockTime } from '@/words/times';

/** What the leases of a connection do while nothing can be sent, as a sentence; undefined without one. */
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

/** Tells, once the network of a connection is gone, until when its leases run on, on whatever screen; gone when it is back. */
export function NetworkNotes() {
  const all = useConnections();
  return all.map((one) => (
    <NetworkNote key={one.id} connectionId={one.id} of={all.length > 1 ? connectionLabel(one) : undefined} />
  ));
}

type NetworkNoteProps = {
  connectionId: string;
  /** The name of the connection, where there are others. */
  of: string | undefined;
};

function NetworkNote({ connectionId, of }: NetworkNoteProps) {
  const loss = useNetworkLoss(connectionId);
  useEffect(() => {
    const sentence = loss === undefined ? undefined : leasesRunOn(connectionId);
    if (sentence === undefined) return undefined;
    const title = loss === 'server' ? 'The local server does not answer' : 'No network';
    const detail = of === undefined ? sentence : `${isolated(of)}: ${sentence}`;
    const note = toast({ title, detail, tone: 'warn', duration: 0 });
    return () => dismissToast(note);
  }, [loss, connectionId, of]);
  return null;
}
