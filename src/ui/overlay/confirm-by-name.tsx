import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { type ReactNode, type SubmitEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../controls/button';
import { TextInput } from '../controls/field';
import { cx } from '../format/cx';
import { backdrop, panel, useDialogContext } from './dialog-context';

export type ConfirmByNameProps = {
  title: ReactNode;
  /** What has to be typed, exactly. */
  name: string;
  /** What else is deleted, and that it cannot be undone. */
  consequence: ReactNode;
  /** "Delete queue" */
  confirmLabel: string;
  /** The safe result: "Keep queue" */
  keepLabel: string;
  onConfirm: () => void;
  onClose: () => void;
  pending?: boolean | undefined;
  error?: ReactNode;
};

/**
 * Confirms a deletion by typing the name: button and Enter are disabled until the text matches exactly; focus starts in the
 * field.
 */
export function ConfirmByName({
  title,
  name,
  consequence,
  confirmLabel,
  keepLabel,
  onConfirm,
  onClose,
  pending = false,
  error,
}: ConfirmByNameProps) {
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const { mark, reason } = useDialogContext();
  const matches = typed === name && reason === undefined;
  /** Prevents a second submit before the next render disables the button. */
  const isAsked = useRef(false);
  useEffect(() => {
    if (!pending) isAsked.current = false;
  });

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!matches || pending || isAsked.current) return;
    isAsked.current = true;
    onConfirm();
  }

  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup initialFocus={field} className={cx(panel, 'w-100 p-4')}>
          <form onSubmit={submit}>
            <div className="flex items-start gap-2">
              <Base.Title className="min-w-0 flex-1 text-15 font-semibold">{title}</Base.Title>
              {mark}
            </div>
            <Base.Description render={<div />} className="mt-1 mb-3.5 text-pretty text-text-2">
              {consequence}
            </Base.Description>
            <label htmlFor={id} className="mb-1.5 block text-12 font-semibold">
              Type <span className="font-mono break-all">{name}</span> to confirm
            </label>
            <TextInput
              id={id}
              ref={field}
              mono
              value={typed}
              onChange={setTyped}
              aria-invalid={error ? true : undefined}
            />
            {error && (
              <p role="alert" className="mt-2 text-12 text-danger">
                {error}
              </p>
            )}
            <div className="mt-4 flex flex-wrap justify-end gap-2">
              <Button kbd="Esc" size="lg" onClick={onClose}>
                {keepLabel}
              </Button>
              <Button type="submit" size="lg" variant="dangerSolid" disabled={!matches || pending} reason={reason}>
                {confirmLabel}
              </Button>
            </div>
          </form>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
