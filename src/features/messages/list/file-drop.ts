import type { DragEvent } from 'react';
import type { QueueRef } from '@/messages/record';
import { openDialog } from '@/state/navigation/open-dialog';

/** Handlers by which a file dropped onto the messages of a queue is imported into it; `data-dropping` while it is over them. */
export const fileDrop = (ref: QueueRef) => ({
  onDragOver: (event: DragEvent<HTMLElement>) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.currentTarget.dataset['dropping'] = '';
  },
  onDragLeave: (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset['dropping'];
  },
  onDrop: (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset['dropping'];
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    openDialog({ kind: 'importMessages', ...ref, file });
  },
});
