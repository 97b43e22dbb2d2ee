import { ArrowRightToLine, Copy, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import type { MessageRow } from '@/messages/message-rows';
import { openDialog } from '@/state/dialogs';
import type { Lease } from '@/state/leases';
import { useWhyNot } from '@/state/rights';
import { Button, IconButton } from '@/ui/button';
import { Menu } from '@/ui/menu';
import { DetailsHead } from './details-head';
import type { LeaseDesk } from './lease-actions';
import { LeaseStrip } from './lease-strip';
import { MessageBody } from './message-body';
import { MessageProperties } from './message-properties';
import { moreActions } from './more-actions';
import { scopeOf } from './scope-of';
import { whyTaken, workableLease } from './taken';

type MessageDetailsProps = {
  desk: LeaseDesk;
  row: MessageRow;
  /** A lease on it that has ended while it was open. */
  lost: Lease | undefined;
  onStep: ((step: 1 | -1) => void) | undefined;
  onDelete: () => void;
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
      <footer aria-label="Message actions" className="@container flex-none bg-surface">
        <LeaseStrip desk={desk} row={row} lost={lost} />
        <Actions desk={desk} row={row} onDelete={onDelete} onCopy={onCopy} />
      </footer>
    </>
  );
}

type ActionsProps = Pick<MessageDetailsProps, 'desk' | 'row' | 'onDelete' | 'onCopy'>;

function Actions({ desk, row, onDelete, onCopy }: ActionsProps) {
  const away = whyTaken(row);
  const held = workableLease(row);
  const whyNot = useWhyNot(desk.account.id, desk.queue);
  const reason = away ?? (held ? undefined : 'Needs a lease');
  const noEdit = whyNot('edit') ?? reason;
  const noMove = whyNot('move') ?? away;
  // With its receipt hidden it is ours, and out of reach until it shows again.
  const noDelete = whyNot('delete') ?? away ?? (row.lease?.state === 'unknown' ? reason : undefined);
  const big = '[&>span[aria-hidden]]:@max-[420px]:hidden max-desk:h-11! max-desk:min-w-0 max-desk:flex-[1_1_auto]!';
  const at = { connection: desk.account.id, queue: desk.queue };
  const scope = scopeOf(desk, [row]);
  const edit = () => openDialog({ kind: 'editMessage', ...at, messageId: row.id });
  return (
    <div className="flex h-12 items-center gap-1.5 pr-3 pl-4 max-desk:h-16 max-desk:px-3">
      <Button icon={<Pencil />} kbd="E" disabled={noEdit !== undefined} title={noEdit} className={big} onClick={edit}>
        Edit
      </Button>
      <Button
        icon={<ArrowRightToLine />}
        kbd="M"
        disabled={noMove !== undefined}
        title={noMove}
        className={big}
        onClick={() => openDialog({ kind: 'moveMessages', action: 'move', ...scope })}
      >
        Move
      </Button>
      <IconButton
        label="Copy"
        keys="C"
        size="lg"
        variant="default"
        icon={<Copy />}
        className="desk:size-7!"
        onClick={onCopy}
      />
      <Menu
        align="start"
        side="top"
        trigger={<IconButton label="More message actions" size="lg" icon={<Ellipsis />} className="desk:size-7!" />}
        items={moreActions(scope, whyNot)}
      />
      <span className="flex-1 max-desk:hidden" />
      <Button
        variant="danger"
        icon={<Trash2 />}
        kbd="Del"
        disabled={noDelete !== undefined}
        title={noDelete}
        className={big}
        onClick={onDelete}
      >
        Delete
      </Button>
    </div>
  );
}
