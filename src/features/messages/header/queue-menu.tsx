import { useQueryClient } from '@tanstack/react-query';
import { Copy, Ellipsis, EyeOff, Pencil, RefreshCw, Tags, Undo2 } from 'lucide-react';
import { queueActions } from '@/actions/queue-actions';
import type { Account } from '@/azure/protocol/model';
import { queueKeys } from '@/queries/queues';
import { useConnection } from '@/state/connections/connections';
import { closeBrowse } from '@/state/messages/queue-browses';
import { openDialog } from '@/state/navigation/open-dialog';
import type { Verb } from '@/state/permissions/permissions';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { copyText } from '@/ui/code/code';
import { IconButton } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { Menu, type MenuItem } from '@/ui/overlay/menu';

type QueueMenuProps = { account: Account; queue: string; denialReason: (verb: Verb) => string | undefined };

/** All that can be done to a queue as a whole. */
export function QueueMenu({ account, queue, denialReason }: QueueMenuProps) {
  const client = useQueryClient();
  const connectionId = account.id;
  const live = usePreference('live');
  const kind = useConnection(connectionId)?.kind;
  async function copyName() {
    if (await copyText(queue)) announce('Copied the queue name');
  }
  return (
    <Menu
      trigger={<IconButton label="More queue actions" icon={<Ellipsis />} />}
      items={queueMenuItems({
        connectionId,
        kind,
        queue,
        live,
        denialReason,
        onCopyName: () => void copyName(),
        onRefresh: () => {
          closeBrowse(connectionId, queue);
          void client.invalidateQueries({ queryKey: queueKeys.one(account, queue) });
        },
      })}
    />
  );
}

type QueueMenuItems = {
  connectionId: string;
  kind: Parameters<typeof queueActions>[1];
  queue: string;
  live: boolean;
  denialReason: (verb: Verb) => string | undefined;
  onCopyName: () => void;
  onRefresh: () => void;
};

/** What the menu offers, each with why it cannot be done. */
export function queueMenuItems({
  connectionId,
  kind,
  queue,
  live,
  denialReason,
  onCopyName,
  onRefresh,
}: QueueMenuItems) {
  const verbs = queueActions(connectionId, kind, queue, denialReason);
  return [
    { label: 'Metadata', icon: <Tags />, onSelect: () => openDialog({ kind: 'queueMetadata', connectionId, queue }) },
    verbs.policies,
    ...verbs.signature,
    { label: 'Copy name', icon: <Copy />, onSelect: onCopyName },
    'separator',
    { label: 'Refresh', icon: <RefreshCw />, keys: 'R', onSelect: onRefresh },
    { label: 'Live', checked: live, onSelect: () => setPreference('live', !live) },
    'separator',
    ...verbs.redrive,
    verbs.move,
    {
      label: 'Copy all messages',
      reason: denialReason('copy'),
      icon: <Copy />,
      onSelect: () => openDialog({ kind: 'moveMessages', action: 'copy', connectionId, queue }),
    },
    {
      label: 'Change text of all messages',
      reason: denialReason('changeMany'),
      icon: <Pencil />,
      onSelect: () => openDialog({ kind: 'changeText', connectionId, queue }),
    },
    {
      label: 'Set visibility of all messages',
      reason: denialReason('changeMany'),
      icon: <EyeOff />,
      onSelect: () => openDialog({ kind: 'setVisibility', connectionId, queue }),
    },
    {
      label: 'Send copies',
      reason: denialReason('add'),
      icon: <Copy />,
      onSelect: () => openDialog({ kind: 'sendCopies', connectionId, queue }),
    },
    verbs.importing,
    verbs.exporting,
    {
      label: 'Add deleted messages again',
      reason: denialReason('add'),
      icon: <Undo2 />,
      onSelect: () => openDialog({ kind: 'addAgain', connectionId, queue }),
    },
    'separator',
    verbs.clear,
    verbs.remove,
  ] satisfies MenuItem[];
}
