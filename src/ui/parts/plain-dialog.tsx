import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { Button } from '../controls/button';

type PlainDialogProps = { title: string; onClose: () => void; actions?: ReactNode; children: ReactNode };

/** A dialog of the browser's own: it needs no code of ours that might not arrive, keeps the focus, and gives it back. */
export function PlainDialog({ title, onClose, actions, children }: PlainDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      // The keys of the page look for this.
      role="alertdialog"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-auto w-104 max-w-[calc(100%-2rem)] rounded-12 bg-raised p-5 text-text shadow-3 backdrop:bg-black/40"
    >
      <h2 className="text-15 font-semibold">{title}</h2>
      <div className="mt-1 text-text-2">{children}</div>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button kbd="Esc" onClick={onClose}>
          Close
        </Button>
        {actions}
      </div>
    </dialog>
  );
}
