import { Inbox, LockKeyhole, X } from 'lucide-react';
import { useLeases } from '@/state/leases';
import { useWhyNot } from '@/state/rights';
import { Button, IconButton } from '@/ui/button';
import { counted } from '@/ui/counts';
import { Strip } from '@/ui/failure';
import { clockTime } from '@/ui/relative-time';
import type { Received } from './receive-bar';
import type { MessageWork } from './use-message-work';
import { useUndoNote } from './use-undo-note';

type ReceivedStripProps = {
  received: Received;
  work: MessageWork;
  onClose: () => void;
};

/** What the last receive brought, and what can be done with all of it at once. */
export function ReceivedStrip({ received, work, onClose }: ReceivedStripProps) {
  const { account, queue } = work.desk;
  const whyNot = useWhyNot(account.id, queue);
  const [noRelease, noDelete] = [whyNot('release'), whyNot('delete')];
  const known = useLeases(account.id, queue).filter(({ id }) => received.ids.includes(id));
  // What a job has, what waits to be deleted, and what has ended is not meant.
  const held = known.filter((lease) => lease.state === 'held' && !lease.isTaken);
  const noUndo = useUndoNote(held);
  if (received.ids.length === 0) return <NothingReceived onClose={onClose} />;
  if (held.length === 0) return null;
  const first = held.reduce((end, { endsAt }) => Math.min(end, endsAt.getTime()), Infinity);
  const all = counted(received.ids.length, 'message');
  const still = held.length === received.ids.length ? 'leased' : `${held.length} still leased`;
  const ids = held.map(({ id }) => id);
  const fewer = received.ids.length < received.asked;
  function release() {
    work.release(ids);
    onClose();
  }
  return (
    <Strip
      tone="leased"
      icon={<LockKeyhole />}
      title={`Received ${all}, ${still} until ${clockTime(first)}`}
      className="flex-wrap"
      action={
        <>
          <Button onClick={() => work.select(new Set(ids))}>Select them</Button>
          <Button disabled={noRelease !== undefined} title={noRelease} onClick={release}>
            Release them
          </Button>
          <Button
            variant="danger"
            disabled={noDelete !== undefined}
            title={noDelete ?? noUndo}
            // With the last of them this goes, and with Undo it is back.
            onClick={() => work.remove(ids)}
          >
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
