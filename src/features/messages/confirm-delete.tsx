import { useRef } from 'react';
import { Button } from '@/ui/button';
import { counted } from '@/ui/counts';
import { Dialog } from '@/ui/dialog';

type ConfirmDeleteProps = { count: number; queue: string; onConfirm: () => void; onClose: () => void };

/** Asks once more before many messages go. */
export function ConfirmDelete({ count, queue, onConfirm, onClose }: ConfirmDeleteProps) {
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
          <Button size="lg" variant="dangerSolid" onClick={onConfirm}>
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
