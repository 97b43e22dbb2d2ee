import { Inbox, LockKeyhole, X } from 'lucide-react';
import { useLeases } from '@/state/leases';
import { useWhyNot } from '@/state/rights';
import { Button, IconButton } from '@/ui/button';
import { counted } from '@/ui/counts';
import { Strip } from '@/ui/failure';
import { clockTime } from '@/ui/relative-time';
import type { Received } from './receive-bar';
import type { MessageWork } from './use-message-work';

type ReceivedStripProps = {
  received: Received;
  work: MessageWork;
  onClose: () => void;
};

/** What the last receive brought, and what can be done with all of it at once. */
export function ReceivedStrip({ received, work, onClose }: ReceivedStripProps) {
  const whyNot = useWhyNot(work.desk.account.id, work.desk.queue);
  const [noRelease, noDelete] = [whyNot('release'), whyNot('delete')];
  const { account, queue } = work.desk;
  const known = useLeases(account.id, queue).filter(({ id }) => received.ids.includes(id));
  // What a job has, or what waits to be deleted, is not meant.
  const held = known.filter((lease) => lease.state === 'held' && !lease.isTaken);
  if (received.ids.length === 0) return <NothingReceived onClose={onClose} />;
  const [first] = held;
  if (!first) return null;
  const ids = held.map(({ id }) => id);
  const fewer = received.ids.length < received.asked;
  const act = (deed: (ids: string[]) => void) => () => {
    deed(ids);
    onClose();
  };
  return (
    <Strip
      tone="leased"
      icon={<LockKeyhole />}
      title={`Received ${counted(received.ids.length, 'message')}, leased until ${clockTime(first.endsAt)}`}
      className="flex-wrap"
      action={
        <>
          <Button onClick={() => work.select(new Set(ids))}>Select them</Button>
          <Button disabled={noRelease !== undefined} title={noRelease} onClick={act(work.release)}>
            Release them
          </Button>
          <Button variant="danger" disabled={noDelete !== undefined} title={noDelete} onClick={act(work.remove)}>
            Delete them
          </Button>
          <IconButton label="Close" icon={<X />} onClick={onClose} />
        </>
      }
    >
      {fewer && `Asked for ${received.asked}; no more were visible.`}
    </Strip>
  );
}

function NothingReceived({ onClose }: { onClose: () => void }) {
  return (
    <Strip
      tone="info"
      icon={<Inbox />}
      title="No message was visible to receive"
      action={<IconButton label="Close" icon={<X />} onClick={onClose} />}
    >
      The queue is empty, or other consumers hold what is in it.
    </Strip>
  );
}
