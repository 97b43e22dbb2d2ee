import { Copy, Eraser, SquareArrowRight, Tags, Trash2 } from 'lucide-react';
import { openDialog } from '@/state/dialogs';
import type { Verb } from '@/state/rights';
import { copyText } from '@/ui/code';
import type { MenuItem } from '@/ui/menu';
import { toast } from '@/ui/toast';
import { openQueue } from './queue-place';

/** What can be done with one queue. */
export function queueActions(
  connection: string,
  queue: string,
  whyNot: (verb: Verb) => string | undefined,
): MenuItem[] {
  return [
    { label: 'Open', icon: <SquareArrowRight />, onSelect: () => openQueue(connection, queue) },
    { label: 'Copy name', icon: <Copy />, onSelect: () => void copyName(queue) },
    {
      label: 'Edit metadata',
      icon: <Tags />,
      onSelect: () => openDialog({ kind: 'queueMetadata', connection, queue }),
    },
    'separator',
    {
      label: 'Clear queue',
      reason: whyNot('clearQueue'),
      icon: <Eraser />,
      onSelect: () => openDialog({ kind: 'clearQueue', connection, queue }),
    },
    {
      label: 'Delete queue',
      reason: whyNot('deleteQueue'),
      icon: <Trash2 />,
      tone: 'danger',
      onSelect: () => openDialog({ kind: 'deleteQueue', connection, queue }),
    },
  ];
}

async function copyName(queue: string) {
  if (await copyText(queue)) toast({ title: `Copied ${queue}`, tone: 'success' });
}
