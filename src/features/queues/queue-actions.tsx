import {
  ArrowRightToLine,
  Copy,
  Download,
  Eraser,
  FileKey,
  KeyRound,
  SquareArrowRight,
  Tags,
  Trash2,
  Undo2,
  Upload,
} from 'lucide-react';
import { poisonParent } from '@/bulk/poison-queue';
import { policiesRefusal } from '@/state/access-policies';
import { currentConnections } from '@/state/connections';
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
  const credential = currentConnections().find(({ id }) => id === connection)?.kind;
  return [
    { label: 'Open', icon: <SquareArrowRight />, onSelect: () => openQueue(connection, queue) },
    {
      label: 'Metadata',
      icon: <Tags />,
      onSelect: () => openDialog({ kind: 'queueMetadata', connection, queue }),
    },
    {
      label: 'Access policies',
      icon: <KeyRound />,
      reason: policiesRefusal(credential),
      onSelect: () => openDialog({ kind: 'accessPolicies', connection, queue }),
    },
    ...(credential === 'sas'
      ? []
      : [
          {
            label: credential === 'token' ? 'Create a user delegation SAS' : 'Create a shared access signature',
            icon: <FileKey />,
            onSelect: () => openDialog({ kind: 'sasMaker', connection, queue }),
          },
        ]),
    { label: 'Copy name', icon: <Copy />, onSelect: () => void copyName(queue) },
    'separator',
    ...(poisonParent(queue) === undefined
      ? []
      : [
          {
            label: 'Redrive all messages',
            reason: whyNot('move'),
            icon: <Undo2 />,
            onSelect: () => openDialog({ kind: 'moveMessages', action: 'redrive', connection, queue }),
          },
        ]),
    {
      label: 'Move all messages',
      reason: whyNot('move'),
      icon: <ArrowRightToLine />,
      onSelect: () => openDialog({ kind: 'moveMessages', action: 'move', connection, queue }),
    },
    {
      label: 'Import messages',
      reason: whyNot('add'),
      icon: <Download />,
      onSelect: () => openDialog({ kind: 'importMessages', connection, queue }),
    },
    {
      label: 'Export all messages',
      reason: whyNot('exportAll'),
      icon: <Upload />,
      onSelect: () => openDialog({ kind: 'exportMessages', connection, queue }),
    },
    'separator',
    {
      label: 'Clear queue',
      reason: whyNot('clearQueue'),
      icon: <Eraser />,
      tone: 'danger',
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
