import { useQueryClient } from '@tanstack/react-query';
import { Copy, Ellipsis, EyeOff, Pencil, RefreshCw, Tags, Undo2 } from 'lucide-react';
import { queueVerbs } from '@/actions/queue-actions';
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

type QueueMenuProps = { account: Account; queue: string; whyNot: (verb: Verb) => string | undefined };

/** All that can be done to a queue as a whole. */
export function QueueMenu({ account, queue, whyNot }: QueueMenuProps) {
  const client = useQueryClient();
  const connection = account.id;
  const live = usePreference('live');
  const kind = useConnection(connection)?.kind;
  async function copyName() {
    if (await copyText(queue)) announce('Copied the queue name');
  }
  return (
    <Menu
      trigger={<IconButton label="More queue actions" icon={<Ellipsis />} />}
      items={queueMenuItems({
        connection,
        kind,
        queue,
        live,
        whyNot,
        onCopyName: () => void copyName(),
        onRefresh: () => {
          closeBrowse(connection, queue);
          void client.invalidateQueries({ queryKey: queueKeys.one(account, queue) });
        },
      })}
    />
  );
}

type QueueMenuItems = {
  connection: string;
  kind: Parameters<typeof queueVerbs>[1];
  queue: string;
  live: boolean;
  whyNot: (verb: Verb) => string | undefined;
  onCopyName: () => void;
  onRefresh: () => void;
};

/** What the menu offers, each with why it cannot be done. */
export function queueMenuItems({ connection, kind, queue, live, whyNot, onCopyName, onRefresh }: QueueMenuItems) {
  const verbs = queueVerbs(connection, kind, queue, whyNot);
  return [
    { label: 'Metadata', icon: <Tags />, onSelect: () => openDialog({ kind: 'queueMetadata', connection, queue }) },
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
      reason: whyNot('copy'),
      icon: <Copy />,
      onSelect: () => openDialog({ kind: 'moveMessages', action: 'copy', connection, queue }),
    },
    {
      label: 'Change text of all messages',
      reason: whyNot('changeMany'),
      icon: <Pencil />,
      onSelect: () => openDialog({ kind: 'changeText', connection, queue }),
    },
    {
      label: 'Set visibility of all messages',
      reason: whyNot('changeMany'),
      icon: <EyeOff />,
      onSelect: () => openDialog({ kind: 'setVisibility', connection, queue }),
    },
    {
      label: 'Send copies',
      reason: whyNot('add'),
      icon: <Copy />,
      onSelect: () => openDialog({ kind: 'sendCopies', connection, queue }),
    },
    verbs.importing,
    verbs.exporting,
    {
      label: 'Add deleted messages again',
      reason: whyNot('add'),
      icon: <Undo2 />,
      onSelect: () => openDialog({ kind: 'addAgain', connection, queue }),
    },
    'separator',
    verbs.clear,
    verbs.remove,
  ] satisfies MenuItem[];
}
