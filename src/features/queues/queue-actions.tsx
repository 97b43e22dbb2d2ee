import { Copy, SquareArrowRight, Tags } from 'lucide-react';
import { queueActions } from '@/actions/queue-actions';
import { currentConnections } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { openQueue } from '@/state/navigation/route';
import type { Verb } from '@/state/permissions/permissions';
import { copyText } from '@/ui/code/code';
import type { MenuItem } from '@/ui/overlay/menu';
import { toast } from '@/ui/overlay/toast';

/** What can be done with one queue. */
export function queueMenuItems(
  connectionId: string,
  queue: string,
  denialReason: (verb: Verb) => string | undefined,
): MenuItem[] {
  const kind = currentConnections().find(({ id }) => id === connectionId)?.kind;
  const verbs = queueActions(connectionId, kind, queue, denialReason);
  return [
    { label: 'Open', icon: <SquareArrowRight />, onSelect: () => openQueue(connectionId, queue) },
    {
      label: 'Metadata',
      icon: <Tags />,
      onSelect: () => openDialog({ kind: 'queueMetadata', connectionId, queue }),
    },
    verbs.policies,
    ...verbs.signature,
    { label: 'Copy name', icon: <Copy />, onSelect: () => void copyName(queue) },
    'separator',
    ...verbs.redrive,
    verbs.move,
    verbs.importing,
    verbs.exporting,
    'separator',
    verbs.clear,
    verbs.remove,
  ];
}

async function copyName(queue: string) {
  if (await copyText(queue)) toast({ title: `Copied ${queue}`, tone: 'success' });
}
