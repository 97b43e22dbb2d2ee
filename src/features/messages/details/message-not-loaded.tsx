import { EyeOff, Trash2 } from 'lucide-react';
import type { OpenQueue } from '@/actions/queue-actions';
import { useLease } from '@/state/leases/leases';
import { useRecord } from '@/state/messages/records';
import { Button } from '@/ui/controls/button';
import { Skeleton } from '@/ui/feedback/skeleton';
import { StatePanel } from '@/ui/feedback/state-panel';
import { LeaseIt } from '../leases/lease-one';
import { DetailsHead } from './details-head';
import { messageEnd } from './message-end';

type NotLoadedProps = { on: OpenQueue; id: string; isLoading: boolean; onClose: () => void };

/** A link may lead to a message that is further back than a peek sees, leased by somebody else, or gone. */
export function NotLoaded(props: NotLoadedProps) {
  return (
    <>
      <DetailsHead id={props.id} onStep={undefined} onClose={props.onClose} />
      <Body {...props} />
    </>
  );
}

function Body({ on, id, isLoading, onClose }: NotLoadedProps) {
  const known = useLease(on.connectionId, on.queue, id);
  const end = messageEnd(useRecord(on, id, (record) => record));
  const close = <Button onClick={onClose}>Close details</Button>;
  if (end)
    return (
      <StatePanel icon={<Trash2 />} title={end.title} actions={close}>
        {end.detail}
      </StatePanel>
    );
  if (isLoading) return <Skeleton label="Looking for the message" />;
  return (
    <>
      <StatePanel icon={<EyeOff />} title="This message is not among those loaded" actions={close}>
        It is further back than a peek sees, leased by another consumer, or gone.
      </StatePanel>
      <LeaseIt key={id} on={on} id={id} ahead={undefined} lost={known?.state === 'ended' ? known : undefined} />
    </>
  );
}
