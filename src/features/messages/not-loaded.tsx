import { EyeOff } from 'lucide-react';
import { Button } from '@/ui/button';
import { Skeleton } from '@/ui/skeleton';
import { StatePanel } from '@/ui/state-panel';
import type { LeaseDesk } from './lease-actions';
import { LeaseIt } from './lease-it';

type NotLoadedProps = { desk: LeaseDesk; id: string; isLoading: boolean; onClose: () => void };

/** A link may lead to a message that is further back than a peek sees, leased by somebody else, or gone. */
export function NotLoaded({ desk, id, isLoading, onClose }: NotLoadedProps) {
  if (isLoading) return <Skeleton label="Looking for the message" />;
  return (
    <>
      <StatePanel
        icon={<EyeOff />}
        title="This message is not among those loaded"
        actions={<Button onClick={onClose}>Close details</Button>}
      >
        It is further back than a peek sees, leased by another consumer, or gone.
      </StatePanel>
      <LeaseIt key={id} desk={desk} id={id} ahead={undefined} lost={undefined} />
    </>
  );
}
