import { ArrowLeft, ChevronDown, ChevronUp, Copy, Pencil, Trash2, X } from 'lucide-react';
import { openDialog } from '@/state/dialogs';
import type { Lease } from '@/state/leases';
import { Button, IconButton } from '@/ui/button';
import { CopyButton } from '@/ui/code';
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
        <MessageBody text={row.message.text} />
        <MessageProperties row={row} />
      </div>
      <footer aria-label="Message actions" className="flex-none bg-surface">
        <LeaseStrip desk={desk} row={row} lost={lost} />
        <Actions desk={desk} row={row} onDelete={onDelete} onCopy={onCopy} />
      </footer>
    </>
  );
}

type DetailsHeadProps = { id: string; onStep: ((step: 1 | -1) => void) | undefined; onClose: () => void };

export function DetailsHead({ id, onStep, onClose }: DetailsHeadProps) {
  return (
    <header className="flex h-11 flex-none items-center gap-0.5 border-b border-line pr-2 pl-4 max-desk:h-14 max-desk:pl-2">
      <IconButton
        size="lg"
        label="Back to messages"
        icon={<ArrowLeft />}
        className="mr-1 desk:hidden"
        onClick={onClose}
      />
      <h2 className="min-w-0 flex-1 truncate font-mono text-12 font-semibold" title={id}>
        {id}
      </h2>
      <CopyButton size="sm" label="Copy message ID" text={id} />
      {onStep && (
        <>
          <IconButton
            size="sm"
            label="Previous message"
            keys="K"
            icon={<ChevronUp />}
            className="max-desk:hidden"
            onClick={() => onStep(-1)}
          />
          <IconButton
            size="sm"
            label="Next message"
            keys="J"
            icon={<ChevronDown />}
            className="max-desk:hidden"
            onClick={() => onStep(1)}
          />
        </>
      )}
      <IconButton
        size="sm"
        label="Close details"
        keys="Esc"
        icon={<X />}
        className="max-desk:hidden"
        onClick={onClose}
      />
    </header>
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
