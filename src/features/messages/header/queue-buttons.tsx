import { Download, Plus, Undo2, Upload } from 'lucide-react';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { openDialog } from '@/state/navigation/open-dialog';
import type { Verb } from '@/state/permissions/permissions';
import { Button, IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';

/** `denialReason`: why a verb cannot be done in the queue; undefined when it can. */
type InQueue = { connectionId: string; queue: string; denialReason: (verb: Verb) => string | undefined };

/** Messages from and to files, while there is room for it. */
export const Files = ({ connectionId, queue, denialReason }: InQueue) => (
  <span
    className={cx(
      'flex gap-1 max-desk:hidden [&_span]:@max-[1060px]:hidden',
      // Also in the menu.
      poisonParent(queue) === undefined ? '@max-[700px]:hidden' : '@max-[820px]:hidden',
    )}
  >
    <Button
      variant="ghost"
      aria-label="Import"
      disabled={denialReason('add') !== undefined}
      title={denialReason('add') ?? 'Import messages from a file'}
      onClick={() => openDialog({ kind: 'importMessages', connectionId, queue })}
    >
      <Download className="size-4" />
      <span>Import</span>
    </Button>
    <Button
      variant="ghost"
      aria-label="Export"
      disabled={denialReason('exportAll') !== undefined}
      title={denialReason('exportAll') ?? 'Export all messages to a file'}
      onClick={() => openDialog({ kind: 'exportMessages', connectionId, queue })}
    >
      <Upload className="size-4" />
      <span>Export</span>
    </Button>
  </span>
);

/** On a poison queue: back to where its messages came from. */
export function Redrive({ connectionId, queue, denialReason }: InQueue) {
  const parent = poisonParent(queue);
  if (parent === undefined) return null;
  return (
    <Button
      variant="primary"
      aria-label="Redrive"
      icon={<Undo2 />}
      disabled={denialReason('move') !== undefined}
      title={denialReason('move') ?? `Move all messages back to ${parent}, or to another queue`}
      onClick={() => openDialog({ kind: 'moveMessages', action: 'redrive', connectionId, queue })}
    >
      <span className="max-desk:hidden">Redrive</span>
    </Button>
  );
}

/** The first thing to do with a queue; on a phone its icon alone. */
export function AddMessage({ connectionId, queue, denialReason }: InQueue) {
  const reason = denialReason('add');
  // On a poison queue what comes first is to redrive it.
  const variant = poisonParent(queue) === undefined ? 'primary' : 'default';
  const add = () => openDialog({ kind: 'addMessage', connectionId, queue });
  return (
    <>
      <Button
        variant={variant}
        icon={<Plus />}
        kbd="N"
        disabled={reason !== undefined}
        title={reason}
        className="max-desk:hidden [&>span[aria-hidden]]:@max-[820px]:hidden"
        onClick={add}
      >
        Add message
      </Button>
      <IconButton
        variant={variant}
        size="lg"
        label="Add message"
        icon={<Plus />}
        disabled={reason !== undefined}
        reason={reason}
        className="desk:hidden"
        onClick={add}
      />
    </>
  );
}
