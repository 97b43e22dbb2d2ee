import type { KeyboardEvent, ReactNode } from 'react';
import { useDialogContext } from '@/ui/dialog-context';

/** Ctrl Enter, or Cmd Enter, sends from anywhere in the form. */
export function SendKeys({ onSend, children }: { onSend: () => void; children: ReactNode }) {
  const { refusal } = useDialogContext();
  function press(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // A key that is held down means it once.
    if (!event.repeat && refusal === undefined) onSend();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a key that works in all of the form
    <div className="h-full" onKeyDown={press}>
      {children}
    </div>
  );
}
