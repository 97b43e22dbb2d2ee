import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { queueNameProblem, typedOn } from '@/azure/protocol/input-rules';
import { forgetOpenedQueue, rememberQueue } from '@/state/connections/opened-queues';
import { currentRoute, openQueue } from '@/state/navigation/route';
import { REFUSES_SECRETS } from '@/state/navigation/secret-offer';
import { isComposing } from '@/ui/browser/is-composing';
import { Button } from '@/ui/controls/button';
import { TextInput } from '@/ui/controls/field';
import { toast } from '@/ui/overlay/toast-store';

type OpenByNameProps = {
  /** Called with the name of a queue, by Enter or by the button. */
  onOpen: (queue: string) => void;
  /** True while it is being opened. */
  isBusy?: boolean | undefined;
  /** What the field begins with. */
  initial?: string | undefined;
  /** True where opening may fail: the name then stays in the field. */
  keepsName?: boolean;
  /** Why one queue could not be opened; shown as long as the field has its name. */
  problem?: { queue: string; text: string } | undefined;
};

/** A field for the name of a queue to open, where it is in no list. No form of its own, so that it can stand in one. */
export function OpenByName({ onOpen, isBusy = false, initial = '', keepsName = false, problem }: OpenByNameProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(initial);
  const [isTried, setIsTried] = useState(false);
  const name = text.trim();
  // What typing on can still make a name is no mistake before it is tried.
  const isLost = name !== '' && queueNameProblem(typedOn(name)) !== undefined;
  const wrong = isTried || isLost ? queueNameProblem(name) : undefined;
  const error = wrong ?? (problem?.queue === name ? problem.text : undefined);

  function open() {
    if (isBusy) return;
    setIsTried(true);
    if (queueNameProblem(name) !== undefined) return field.current?.focus();
    onOpen(name);
    if (keepsName) return;
    setText('');
    setIsTried(false);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    open();
  }

  return (
    <div className="grid grid-cols-1 gap-1.5">
      <label htmlFor={id} className="justify-self-start text-12 font-semibold">
        Open a queue by name
      </label>
      <div className="flex items-center gap-2">
        <TextInput
          ref={field}
          id={id}
          enterKeyHint="go"
          className="flex-1"
          value={text}
          {...REFUSES_SECRETS}
          onChange={(next) => {
            setText(next);
            setIsTried(false);
          }}
          onKeyDown={onKeyDown}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={`${id}-note`}
        />
        <Button aria-disabled={isBusy || undefined} onClick={open}>
          {isBusy ? 'Opening' : 'Open'}
        </Button>
      </div>
      <p id={`${id}-note`} aria-live="polite" className="text-12 text-danger empty:hidden">
        {error}
      </p>
    </div>
  );
}

/** Opens a queue that is in no list, and remembers its name for the connection. Creates nothing. */
export function openQueueByName(connectionId: string, queue: string): void {
  void rememberQueue(connectionId, queue);
  openQueue(connectionId, queue);
}

/** Forgets the name of a queue, leaves its screen when that is open, and offers Undo. The queue itself stays as it is. */
export async function forgetQueueName(connectionId: string, queue: string): Promise<void> {
  const route = currentRoute();
  // First, since the list remembers the open queue.
  if (route?.screen === 'explorer' && route.connectionId === connectionId && route.queue === queue)
    openQueue(connectionId);
  if (!(await forgetOpenedQueue(connectionId, queue))) return;
  toast({
    title: `Forgot the name ${queue}`,
    detail: 'The queue itself stays as it is.',
    action: { label: 'Undo', onClick: () => void rememberQueue(connectionId, queue) },
  });
}
