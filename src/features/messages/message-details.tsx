import { Copy, Pencil, Trash2 } from 'lucide-react';
import { openDialog } from '@/state/dialogs';
import type { Lease } from '@/state/leases';
import { Button } from '@/ui/button';
import { DetailsHead } from './details-head';
import type { LeaseDesk } from './lease-actions';
import { LeaseStrip } from './lease-strip';
import { MessageBody } from './message-body';
import { MessageProperties } from './message-properties';
import type { MessageRow } from './message-rows';

type MessageDetailsProps = {
  desk: LeaseDesk;
  row: MessageRow;
  /** A lease on it that has ended while it was open. */
  lost: Lease | undefined;
  onStep: ((step: 1 | -1) => void) | undefined;
  onDelete: (lease: Lease) => void;
  onCopy: () => void;
  onClose: () => void;
};

/** Everything about one message, and what may be done with it. */
export function MessageDetails({ desk, row, lost, onStep, onDelete, onCopy, onClose }: MessageDetailsProps) {
  return (
    <>
      <DetailsHead id={row.id} onStep={onStep} onClose={onClose} />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto [@media(height<600px)]:[&>*]:flex-none">
        <MessageBody connection={desk.account.id} queue={desk.queue} text={row.message.text} />
        <MessageProperties row={row} />
      </div>
      <footer aria-label="Message actions" className="flex-none bg-surface">
        <LeaseStrip desk={desk} row={row} lost={lost} />
        <Actions desk={desk} row={row} onDelete={onDelete} onCopy={onCopy} />
      </footer>
    </>
  );
}

type ActionsProps = Pick<MessageDetailsProps, 'desk' | 'row' | 'onDelete' | 'onCopy'>;

function Actions({ desk, row, onDelete, onCopy }: ActionsProps) {
  const held = row.lease?.state === 'held' ? row.lease : undefined;
  const reason = held ? undefined : 'Needs a lease';
  const big = 'max-desk:h-11!';
  const edit = () =>
    openDialog({ kind: 'editMessage', connection: desk.account.id, queue: desk.queue, messageId: row.id });
  return (
    <div className="flex h-12 items-center gap-1.5 pr-3 pl-4 max-desk:grid max-desk:h-16 max-desk:grid-cols-3 max-desk:gap-2 max-desk:px-3">
      <Button icon={<Pencil />} kbd="E" disabled={!held} title={reason} className={big} onClick={edit}>
        Edit
      </Button>
      <Button icon={<Copy />} kbd="C" className={big} onClick={onCopy}>
        Copy
      </Button>
      <span className="flex-1 max-desk:hidden" />
      <Button
        variant="danger"
        icon={<Trash2 />}
        kbd="Del"
        disabled={!held}
        title={reason}
        className={big}
        onClick={() => held && onDelete(held)}
      >
        Delete
      </Button>
    </div>
  );
}
