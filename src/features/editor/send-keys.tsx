import type { KeyboardEvent, ReactNode } from 'react';
import { useDialogContext } from '@/ui/overlay/dialog-context';

/** Ctrl Enter, or Cmd Enter, sends from anywhere in the form. */
export function SendKeys({ onSend, children }: { onSend: () => void; children: ReactNode }) {
  const { reason } = useDialogContext();
  function press(event: KeyboardEvent) {
    const meaning = meaningOf(event);
    if (meaning === undefined) return;
    event.preventDefault();
    if (meaning === 'send' && reason === undefined) onSend();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a key that works in all of the form
    <div className="h-full" onKeyDown={press}>
      {children}
    </div>
  );
}

/** Whether a key sends; held down it means it once. */
export function meaningOf({
  key,
  ctrlKey,
  metaKey,
  repeat,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'repeat'>): 'send' | 'held' | undefined {
  if (key !== 'Enter' || !(ctrlKey || metaKey)) return undefined;
  return repeat ? 'held' : 'send';
}
