import type { ReactNode } from 'react';
import { useAccount } from '@/queries/use-account';
import type { ExplorerRoute } from '@/state/navigation/route';
import { LeaseWatch } from './leases/lease-announcer';
import { QueueMessages } from './queue-messages';

/** The messages of the queue we are at, `leading` before its name. The app asks for a connection and a queue before it draws this. */
export function MessagesScreen({ route, leading }: { route: ExplorerRoute; leading?: ReactNode }) {
  const account = useAccount(route.connectionId);
  if (!account || route.queue === undefined) return null;
  return (
    <>
      <LeaseWatch />
      <QueueMessages
        key={`${account.id}/${route.queue}`}
        route={route}
        account={account}
        queue={route.queue}
        leading={leading}
      />
    </>
  );
}
