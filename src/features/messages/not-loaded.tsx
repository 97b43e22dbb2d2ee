import { EyeOff, Trash2 } from 'lucide-react';
import type { MessageRecord } from '@/messages/record';
import { useLease } from '@/state/leases';
import { useRecord } from '@/state/records';
import { Button } from '@/ui/button';
import { Skeleton } from '@/ui/skeleton';
import { StatePanel } from '@/ui/state-panel';
import { DetailsHead } from './details-head';
import type { LeaseDesk } from './lease-actions';
import { LeaseIt } from './lease-it';

type NotLoadedProps = { desk: LeaseDesk; id: string; isLoading: boolean; onClose: () => void };

/** A link may lead to a message that is further back than a peek sees, leased by somebody else, or gone. */
export function NotLoaded(props: NotLoadedProps) {
  return (
    <>
      <DetailsHead id={props.id} onStep={undefined} onClose={props.onClose} />
      <Body {...props} />
    </>
  );
}

function Body({ desk, id, isLoading, onClose }: NotLoadedProps) {
  const known = useLease(desk.account.id, desk.queue, id);
  const end = useRecord({ connectionId: desk.account.id, queue: desk.queue }, id, endOf);
  const close = <Button onClick={onClose}>Close details</Button>;
  if (end)
    return (
      <StatePanel icon={<Trash2 />} title={end} actions={close}>
        {end === LIKELY
          ? 'No answer came to its delete, and the delete that was sent again found it gone.'
          : 'Nothing can be done with it here any more.'}
      </StatePanel>
    );
  if (isLoading) return <Skeleton label="Looking for the message" />;
  return (
    <>
      <StatePanel icon={<EyeOff />} title="This message is not among those loaded" actions={close}>
        It is further back than a peek sees, leased by another consumer, or gone.
      </StatePanel>
      <LeaseIt key={id} desk={desk} id={id} ahead={undefined} lost={known?.state === 'ended' ? known : undefined} />
    </>
  );
}

const LIKELY = 'This message was most likely deleted';

/** What became of a message that this page knows to be gone. */
function endOf(record: MessageRecord | undefined): string | undefined {
  const { standing, claim, pending } = record ?? {};
  if (claim?.kind === 'delete' || pending?.kind === 'delete') return 'This message is being deleted';
  if (standing?.is === 'unknown' && standing.likely) return LIKELY;
  if (standing?.is !== 'deleted') return undefined;
  if (standing.how === 'moved') return `This message was moved to ${standing.to.queue}`;
  return {
    deleted: 'This message was deleted',
    elsewhere: 'Another tab of this browser deleted this message',
    cleared: 'This message went when the queue was cleared',
    queueDeleted: 'This message went with its queue',
  }[standing.how];
}
