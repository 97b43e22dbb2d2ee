import { Ellipsis } from 'lucide-react';
import { ActionButton, ActionIconButton } from '@/actions/action-button';
import {
  extendLeases,
  leaseActions,
  type MessageSubject,
  MORE_MESSAGE_ACTIONS,
  messageActions,
} from '@/actions/message-actions';
import { leasesOf } from '@/actions/taken';
import { useAvailability, useMenuItems } from '@/actions/use-actions';
import type { MessageRow } from '@/messages/message-rows';
import { useLease } from '@/state/leases/leases';
import { IconButton } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import { ExpiryPrompt } from '../leases/expiry-prompt';
import { LeaseStrip } from '../leases/lease-strip';
import { useUndoNote } from '../selection/selection-text';
import { DetailsHead } from './details-head';
import { MessageBody } from './message-body';
import { MessageProperties } from './message-properties';

/** The message of a subject whose only row it is. `hasKeys`: the keys mean it, and not the messages that are selected. */
type OfMessage = { row: MessageRow; on: MessageSubject; hasKeys: boolean };

/** Everything about one message, what can be done to it, and the offer to extend a lease that is about to end. */
export function MessageDetails({ row, on, hasKeys, onClose }: OfMessage & { onClose: () => void }) {
  const { connectionId, queue } = on;
  const { lease } = row;
  const known = useLease(connectionId, queue, row.id);
  const { reason } = useAvailability(leaseActions.extend, on);
  return (
    <>
      <DetailsHead id={row.id} on={on} hasEsc={hasKeys} onClose={onClose} />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto [@media(height<600px)]:[&>*]:flex-none">
        <MessageBody connectionId={connectionId} queue={queue} text={row.message.text} />
        <MessageProperties row={row} connectionId={connectionId} queue={queue} />
      </div>
      <footer aria-label="Message actions" className="@container flex-none bg-surface">
        <LeaseStrip row={row} on={on} hasKeys={hasKeys} lost={known?.state === 'ended' ? known : undefined} />
        <Actions row={row} on={on} hasKeys={hasKeys} />
      </footer>
      {lease && reason === undefined && (
        <ExpiryPrompt lease={lease} hasKey={hasKeys} onExtend={(seconds) => extendLeases(on, [lease.id], seconds)} />
      )}
    </>
  );
}

/** On this message alone, whatever is selected. */
function Actions({ row, on, hasKeys }: OfMessage) {
  const { edit, move, copy, delete: remove } = messageActions;
  const big = '[&>span[aria-hidden]]:@max-[420px]:hidden max-desk:h-11! max-desk:min-w-0 max-desk:flex-[1_1_auto]!';
  const more = useMenuItems(MORE_MESSAGE_ACTIONS, on);
  const undoNote = useUndoNote(leasesOf([row]));
  return (
    <div className="flex h-12 items-center gap-1.5 pr-3 pl-4 max-desk:h-16 max-desk:px-3">
      <ActionButton action={edit} on={on} className={big} />
      <ActionButton action={move} on={on} hasKey={hasKeys} className={big} />
      <ActionIconButton action={copy} on={on} hasKey={hasKeys} size="lg" variant="default" className="desk:size-7!" />
      <Menu
        align="start"
        side="top"
        trigger={<IconButton label="More message actions" size="lg" icon={<Ellipsis />} className="desk:size-7!" />}
        items={more}
      />
      <span className="flex-1 max-desk:hidden" />
      <ActionButton action={remove} on={on} hasKey={hasKeys} title={undoNote} className={big} />
    </div>
  );
}
