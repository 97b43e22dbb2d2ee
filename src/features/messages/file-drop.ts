import type { DragEvent } from 'react';
import { openDialog } from '@/state/dialogs';

/** Handlers by which a file dropped onto the messages of a queue is imported into it. */
export const fileDrop = (connection: string, queue: string) => ({
  onDragOver: (event: DragEvent) => {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault();
  },
  onDrop: (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    openDialog({ kind: 'importMessages', connection, queue, file });
  },
});
