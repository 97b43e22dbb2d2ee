import { Inbox, LockKeyhole, X } from 'lucide-react';
import { useLeases } from '@/state/leases/leases';
import { useDenialReason } from '@/state/permissions/permissions';
import { Button, IconButton } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import type { MessageWork } from '../selection/use-message-selection';
import { useUndoNote } from '../shared/use-undo-note';
import type { Received } from './receive-bar';
import { receivedText, stillHeld } from './received-text';

type ReceivedStripProps = {
  received: Received;
  work: MessageWork;
  onClose: () => void;
};

/** What the last receive brought, and what can be done with all of it at once. */
export function ReceivedStrip({ received, work, onClose }: ReceivedStripProps) {
  const { account, queue } = work.context;
  const denialReason = useDenialReason(account.id, queue);
  const [noRelease, noDelete] = [denialReason('release'), denialReason('delete')];
  const held = stillHeld(useLeases(account.id, queue), received);
  const noUndo = useUndoNote(held);
  if (received.ids.length === 0) return <NothingReceived onClose={onClose} />;
  if (held.length === 0) return null;
  const { title, detail } = receivedText(received, held);
  const ids = held.map(({ id }) => id);
  function release() {
    work.release(ids);
    onClose();
  }
  return (
    <Strip
      tone="leased"
      icon={<LockKeyhole />}
      title={title}
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
      {detail}
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
