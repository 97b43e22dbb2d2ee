import { Inbox, LockKeyhole, X } from 'lucide-react';
import { useState } from 'react';
import { ActionButton } from '@/actions/action-button';
import { type MessageSubject, messageActions, releaseLeases } from '@/actions/message-actions';
import { leasingActions } from '@/actions/queue-actions';
import { useLeases } from '@/state/leases/leases';
import { Button, IconButton } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { useRows } from '../rows/use-queue-rows';
import { useUndoNote } from '../selection/selection-text';
import type { Received } from './receive-bar';
import { receivedText, stillHeld } from './received-text';

type ReceivedStripProps = {
  received: Received;
  on: MessageSubject;
  onSelect: (ids: ReadonlySet<string>) => void;
  onClose: () => void;
};

/** What the last receive brought, and what can be done with all of it at once. */
export function ReceivedStrip({ received, on, onSelect, onClose }: ReceivedStripProps) {
  const held = stillHeld(useLeases(on.connectionId, on.queue), received);
  const undoNote = useUndoNote(held);
  const ids = new Set(held.map(({ id }) => id));
  const rows = useRows().all.filter(({ id }) => ids.has(id));
  const [told, setTold] = useState<Received>();
  if (held.length === 0 && told !== received) setTold(received);
  if (received.ids.length === 0) return <NothingReceived onClose={onClose} />;
  if (held.length === 0) return null;
  const { title, detail } = receivedText(received, held);
  function release() {
    releaseLeases(on, [...ids]);
    onClose();
  }
  return (
    <Strip
      tone="leased"
      // Said once for each receive: an Undo brings the strip back.
      role={told === received ? 'group' : 'status'}
      icon={<LockKeyhole />}
      title={title}
      className="flex-wrap"
      action={
        <>
          <Button onClick={() => onSelect(ids)}>Select them</Button>
          <ActionButton action={leasingActions.release} on={on} onClick={release}>
            Release them
          </ActionButton>
          {/* The strip goes with the last of them, and Undo brings it back. */}
          <ActionButton action={messageActions.delete} on={{ ...on, rows }} title={undoNote}>
            Delete them
          </ActionButton>
          <IconButton label="Close" icon={<X />} onClick={onClose} />
        </>
      }
    >
      {detail}
    </Strip>
  );
}

const NothingReceived = ({ onClose }: { onClose: () => void }) => (
  <Strip
    tone="info"
    icon={<Inbox />}
    title="No message was visible to receive"
    action={<IconButton label="Close" icon={<X />} onClick={onClose} />}
  >
    The queue is empty, or other consumers hold what is in it.
  </Strip>
);
