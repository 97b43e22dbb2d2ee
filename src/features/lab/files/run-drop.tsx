import { type DragEvent, type ReactNode, useState } from 'react';
import { cx } from '@/ui/format/cx';

const hasFile = ({ dataTransfer }: DragEvent) => [...dataTransfer.types].includes('Files');

/** A file of a run that is dropped anywhere on the lab is opened. */
export function RunDrop({ children }: { children: ReactNode }) {
  const [isOver, setOver] = useState(false);
  return (
    // A convenience of the mouse: "Open run" does the same.
    <div
      className={cx('flex min-h-0 flex-1 flex-col', isOver && 'outline-2 -outline-offset-2 outline-accent')}
      onDragOver={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) void import('./run-files').then(({ openRun }) => openRun(file));
      }}
    >
      {children}
    </div>
  );
}
