import type { ReactNode } from 'react';
import { useAccount } from '@/queries/use-account';
import type { ExplorerPlace } from '@/state/navigation/route';
import { LeaseWatch } from './leases/lease-announcer';
import { QueueMessages } from './queue-messages';

/** The messages of the queue we are at, `leading` before its name. The app asks for a connection and a queue before it draws this. */
export function MessagesScreen({ place, leading }: { place: ExplorerPlace; leading?: ReactNode }) {
  const account = useAccount(place.connection);
  if (!account || place.queue === undefined) return null;
  return (
    <>
      <LeaseWatch />
      <QueueMessages
        key={`${account.id}/${place.queue}`}
        place={place}
        account={account}
        queue={place.queue}
        leading={leading}
      />
    </>
  );
}
