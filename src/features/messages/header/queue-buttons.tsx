import { Download, Plus, Undo2, Upload } from 'lucide-react';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { openDialog } from '@/state/navigation/open-dialog';
import type { Verb } from '@/state/permissions/permissions';
import { Button, IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';

/** `whyNot`: why a verb cannot be done in the queue; undefined when it can. */
type InQueue = { connection: string; queue: string; whyNot: (verb: Verb) => string | undefined };

/** Messages from and to files, while there is room for it. */
export const Files = ({ connection, queue, whyNot }: InQueue) => (
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
      disabled={whyNot('add') !== undefined}
      title={whyNot('add') ?? 'Import messages from a file'}
      onClick={() => openDialog({ kind: 'importMessages', connection, queue })}
    >
      <Download className="size-4" />
      <span>Import</span>
    </Button>
    <Button
      variant="ghost"
      aria-label="Export"
      disabled={whyNot('exportAll') !== undefined}
      title={whyNot('exportAll') ?? 'Export all messages to a file'}
      onClick={() => openDialog({ kind: 'exportMessages', connection, queue })}
    >
      <Upload className="size-4" />
      <span>Export</span>
    </Button>
  </span>
);

/** On a poison queue: back to where its messages came from. */
export function Redrive({ connection, queue, whyNot }: InQueue) {
  const parent = poisonParent(queue);
  if (parent === undefined) return null;
  return (
    <Button
      variant="primary"
      aria-label="Redrive"
      icon={<Undo2 />}
      disabled={whyNot('move') !== undefined}
      title={whyNot('move') ?? `Move all messages back to ${parent}, or to another queue`}
      onClick={() => openDialog({ kind: 'moveMessages', action: 'redrive', connection, queue })}
    >
      <span className="max-desk:hidden">Redrive</span>
    </Button>
  );
}

/** The first thing to do with a queue; on a phone its icon alone. */
export function AddMessage({ connection, queue, whyNot }: InQueue) {
  const reason = whyNot('add');
  // On a poison queue what comes first is to redrive it.
  const variant = poisonParent(queue) === undefined ? 'primary' : 'default';
  const add = () => openDialog({ kind: 'addMessage', connection, queue });
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
