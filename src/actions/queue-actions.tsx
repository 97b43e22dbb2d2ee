import { ArrowRightToLine, Download, Eraser, FileKey, KeyRound, Trash2, Undo2, Upload } from 'lucide-react';
import type { Credential } from '@/azure/protocol/connection';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { openDialog } from '@/state/navigation/open-dialog';
import { policiesRefusal } from '@/state/permissions/access-policy-permission';
import type { Verb } from '@/state/permissions/permissions';

/**
 * What every menu of a queue offers, as its items: in the list of queues and on the queue's own screen alike. `kind` is
 * that of the connection's credential; `denialReason` tells why a verb cannot be done.
 */
export const queueActions = (
  connectionId: string,
  kind: Credential['kind'] | undefined,
  queue: string,
  whyNot: (verb: Verb) => string | undefined,
) => ({
  policies: {
    label: 'Access policies',
    icon: <KeyRound />,
    reason: policiesRefusal(kind),
    onSelect: () => openDialog({ kind: 'accessPolicies', connectionId, queue }),
  },
  /** On a poison queue alone. */
  redrive:
    poisonParent(queue) === undefined
      ? []
      : [
          {
            label: 'Redrive all messages',
            reason: whyNot('move'),
            icon: <Undo2 />,
            onSelect: () => openDialog({ kind: 'moveMessages', action: 'redrive', connectionId, queue }),
          },
        ],
  move: {
    label: 'Move all messages',
    reason: whyNot('move'),
    icon: <ArrowRightToLine />,
    onSelect: () => openDialog({ kind: 'moveMessages', action: 'move', connectionId, queue }),
  },
  importing: {
    label: 'Import messages',
    reason: whyNot('add'),
    icon: <Download />,
    onSelect: () => openDialog({ kind: 'importMessages', connectionId, queue }),
  },
  exporting: {
    label: 'Export all messages',
    reason: whyNot('exportAll'),
    icon: <Upload />,
    onSelect: () => openDialog({ kind: 'exportMessages', connectionId, queue }),
  },
  /** A signature makes no others. */
  signature:
    kind === 'sas'
      ? []
      : [
          {
            label: kind === 'token' ? 'Create a user delegation SAS' : 'Create a shared access signature',
            icon: <FileKey />,
            onSelect: () => openDialog({ kind: 'sasMaker', connectionId, queue }),
          },
        ],
  clear: {
    label: 'Clear queue',
    reason: whyNot('clearQueue'),
    icon: <Eraser />,
    tone: 'danger' as const,
    onSelect: () => openDialog({ kind: 'clearQueue', connectionId, queue }),
  },
  remove: {
    label: 'Delete queue',
    reason: whyNot('deleteQueue'),
    icon: <Trash2 />,
    tone: 'danger' as const,
    onSelect: () => openDialog({ kind: 'deleteQueue', connectionId, queue }),
  },
});
