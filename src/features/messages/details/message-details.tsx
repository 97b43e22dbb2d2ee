import { ArrowRightToLine, Copy, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import type { MessageRow } from '@/messages/message-rows';
import type { Lease } from '@/state/leases/leases';
import { openDialog } from '@/state/navigation/open-dialog';
import { useDenialReason } from '@/state/permissions/permissions';
import { Button, IconButton } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import { LeaseStrip } from '../leases/lease-strip';
import { leasesOf } from '../rows/taken';
import { copyMessages } from '../selection/copy-messages';
import { scopeOf } from '../selection/dialog-scope';
import { moreActions } from '../selection/more-message-actions';
import type { MessageWork } from '../selection/use-message-selection';
import { useUndoNote } from '../shared/use-undo-note';
import { DetailsHead } from './details-head';
import { MessageBody } from './message-body';
import { MessageProperties } from './message-properties';

type MessageDetailsProps = {
  work: MessageWork;
  row: MessageRow;
  /** A lease on it that has ended while it was open. */
  lost: Lease | undefined;
  onStep: ((step: 1 | -1) => void) | undefined;
  onClose: () => void;
};

/** Everything about one message, and what may be done with it. */
export function MessageDetails({ work, row, lost, onStep, onClose }: MessageDetailsProps) {
  const { context, keysAreOfOpen } = work;
  return (
    <>
      <DetailsHead id={row.id} onStep={onStep} hasEsc={keysAreOfOpen} onClose={onClose} />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto [@media(height<600px)]:[&>*]:flex-none">
        <MessageBody connectionId={context.account.id} queue={context.queue} text={row.message.text} />
        <MessageProperties context={context} row={row} />
      </div>
      <footer aria-label="Message actions" className="@container flex-none bg-surface">
        <LeaseStrip work={work} row={row} lost={lost} />
        <Actions work={work} row={row} />
      </footer>
    </>
  );
}

/** On this message alone, whatever is checked. With rows checked the keys mean those, and are shown where these are. */
function Actions({ work, row }: Pick<MessageDetailsProps, 'work' | 'row'>) {
  const { context, keysAreOfOpen, may } = work;
  const denialReason = useDenialReason(context.account.id, context.queue);
  const only = [row];
  const noUndo = useUndoNote(leasesOf(only));
  const [noEdit, noMove, noDelete] = (['edit', 'move', 'delete'] as const).map((verb) => may(verb, only).reason);
  const key = (name: string) => (keysAreOfOpen ? name : undefined);
  const big = '[&>span[aria-hidden]]:@max-[420px]:hidden max-desk:h-11! max-desk:min-w-0 max-desk:flex-[1_1_auto]!';
  const at = { connectionId: context.account.id, queue: context.queue };
  const edit = () => openDialog({ kind: 'editMessage', ...at, messageId: row.id });
  return (
    <div className="flex h-12 items-center gap-1.5 pr-3 pl-4 max-desk:h-16 max-desk:px-3">
      <Button icon={<Pencil />} kbd="E" disabled={noEdit !== undefined} title={noEdit} className={big} onClick={edit}>
        Edit
      </Button>
      <Button
        icon={<ArrowRightToLine />}
        kbd={key('M')}
        disabled={noMove !== undefined}
        title={noMove}
        className={big}
        onClick={() => openDialog({ kind: 'moveMessages', action: 'move', ...scopeOf(context, only) })}
      >
        Move
      </Button>
      <IconButton
        label="Copy"
        keys={key('C')}
        size="lg"
        variant="default"
        icon={<Copy />}
        className="desk:size-7!"
        onClick={() => void copyMessages([row.message])}
      />
      <Menu
        align="start"
        side="top"
        trigger={<IconButton label="More message actions" size="lg" icon={<Ellipsis />} className="desk:size-7!" />}
        items={moreActions(work, only, denialReason)}
      />
      <span className="flex-1 max-desk:hidden" />
      <Button
        variant="danger"
        icon={<Trash2 />}
        kbd={key('Del')}
        disabled={noDelete !== undefined}
        title={noDelete ?? noUndo}
        className={big}
        onClick={() => work.remove([row.id])}
      >
        Delete
      </Button>
    </div>
  );
}
