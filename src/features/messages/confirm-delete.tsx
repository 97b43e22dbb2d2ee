import { useRef } from 'react';
import type { Lease } from '@/state/leases';
import { Button } from '@/ui/button';
import { counted } from '@/ui/counts';
import { Dialog } from '@/ui/dialog';
import type { MessageWork } from './use-message-work';

type ConfirmDeleteProps = { leases: readonly Lease[]; queue: string; work: MessageWork };

/** Asks once more before many messages go. */
export function ConfirmDelete({ leases, queue, work }: ConfirmDeleteProps) {
  const count = leases.length;
  const onClose = () => work.setConfirming(undefined);
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      size="sm"
      title={`Delete ${counted(count, 'message')}?`}
      onClose={onClose}
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} size="lg" kbd="Esc" onClick={onClose}>
            Keep messages
          </Button>
          <Button size="lg" variant="dangerSolid" onClick={() => work.removeNow(leases)}>
            Delete {counted(count, 'message')}
          </Button>
        </>
      }
    >
      <p className="text-text-2">
        {counted(count, 'leased message')} of <b className="font-semibold text-text">{queue}</b> will be deleted. You
        have 5 seconds to undo it, then they cannot be brought back.
      </p>
    </Dialog>
  );
}
