import { type ReactNode, type SubmitEvent, useId } from 'react';
import { flushSync } from 'react-dom';
import { useConnection } from '@/state/connections/connections';
import { Button } from '@/ui/controls/button';
import { Dialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';

type SasDialogProps = {
  connectionId: string;
  title: string;
  /** What creating a signature does. */
  effect: string;
  /** On the submit button. */
  label: string;
  /** Marks the submit button as disabled; a press still shows what is wrong. */
  isDisabled: boolean;
  /** Shows what is wrong with the form, before `onSubmit`. */
  onTry: () => void;
  onSubmit: () => void;
  onClose: () => void;
  /** Beside the form: what the signature allows, and the signature. */
  aside: ReactNode;
  /** The fields of the form. */
  children: ReactNode;
};

/** The frame of the dialogs that create a signature: the form on the left, its meaning on the right. */
export function SasDialog(props: SasDialogProps) {
  const { connectionId, title, effect, label, isDisabled, onTry, onSubmit, onClose, aside, children } = props;
  const form = useId();
  const connection = useConnection(connectionId);
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    flushSync(onTry);
    // The first mistake may be out of sight.
    event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    onSubmit();
  }
  return (
    <Dialog
      size="lg"
      title={title}
      subtitle={
        <span className="truncate text-text-3 max-desk:hidden">{connection && connectionName(connection)}</span>
      }
      dismissible={false}
      onClose={onClose}
      footer={
        <>
          <span className="flex-1 text-12 text-text-3 max-desk:hidden">{effect}</span>
          <Button size="lg" onClick={onClose}>
            Close
          </Button>
          <Button size="lg" variant="primary" type="submit" form={form} aria-disabled={isDisabled || undefined}>
            {label}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)_320px] gap-6 max-desk:grid-cols-1">
        <form id={form} onSubmit={submit} className="grid content-start gap-4">
          {children}
        </form>
        <div className="grid content-start gap-3">{aside}</div>
      </div>
    </Dialog>
  );
}
