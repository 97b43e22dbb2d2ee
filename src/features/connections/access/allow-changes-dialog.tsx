import { TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
import { useConnection } from '@/state/connections/connections';
import { allowChangesForNow } from '@/state/connections/read-only';
import { Button } from '@/ui/controls/button';
import { CloseButton, Dialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { setReadOnlyAndTell } from './change-read-only';

type AllowChangesDialogProps = { connectionId: string; onClose: () => void };

/** Asks before a production account can be changed, and for how long. */
export default function AllowChangesDialog({ connectionId: id, onClose }: AllowChangesDialogProps) {
  const connection = useConnection(id);
  const keep = useRef<HTMLButtonElement>(null);
  if (!connection) return null;
  const answer = (allow: () => void) => () => {
    allow();
    onClose();
  };
  return (
    <Dialog
      size="sm"
      title={`Allow changes to ${connectionName(connection)}?`}
      onClose={onClose}
      initialFocus={keep}
      footer={
        <CloseButton ref={keep} onClick={onClose}>
          Keep read-only
        </CloseButton>
      }
    >
      <div className="grid gap-3">
        <p className="flex gap-2.5 text-text-2">
          <TriangleAlert aria-hidden="true" className="mt-0.5 flex-none text-warn" />
          This page will be able to receive, add, change and delete messages and queues there.
        </p>
        <Button size="lg" variant="primary" onClick={answer(() => allowChangesForNow(id))}>
          Allow until this tab closes
        </Button>
        <p className="-mt-1.5 text-12 text-text-3">A reload also makes it read-only again.</p>
        <Button size="lg" onClick={answer(() => setReadOnlyAndTell(id, false))}>
          Always allow
        </Button>
        <p className="-mt-1.5 text-12 text-text-3">In every tab, until you make it read-only again.</p>
      </div>
    </Dialog>
  );
}
