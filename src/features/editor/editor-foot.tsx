import type { ReactNode } from 'react';
import { Button } from '@/ui/controls/button';
import { useDialogContext } from '@/ui/overlay/dialog-context';

type EditorFootProps = {
  /** At the left end. */
  children: ReactNode;
  /** On the primary button: `Add message`. */
  label: string;
  /** Why it cannot be sent. */
  reason: string | undefined;
  isPending: boolean;
  onSend: () => void;
  onClose: () => void;
};

/** The buttons of the editor's dialogs: out of it, and on. */
export function EditorFoot({ children, label, reason: problem, isPending, onSend, onClose }: EditorFootProps) {
  const { reason = problem } = useDialogContext();
  return (
    <>
      {children}
      <Button size="lg" kbd="Esc" onClick={onClose}>
        Cancel
      </Button>
      <Button size="lg" variant="primary" kbd="Ctrl ⏎" disabled={isPending} reason={reason} onClick={onSend}>
        {label}
      </Button>
    </>
  );
}
