import { type ComponentProps, type ReactNode, type SubmitEvent, useId, useRef } from 'react';
import { Button } from '../controls/button';
import { cx } from '../format/cx';
import { Dialog, type DialogProps } from './dialog';
import { useDialogContext } from './dialog-context';

type FormDialogProps = Omit<DialogProps, 'footer' | 'open' | 'textOnly'> & {
  /** On the button that submits: verb and object. */
  label: string;
  /** Key that the submit button shows. */
  kbd?: string | undefined;
  isDanger?: boolean | undefined;
  /** On the button that closes: `Cancel`, unless it says what stays as it is; then it takes the focus first. */
  cancelLabel?: string | undefined;
  /** Why the form cannot be submitted; the submit button shows it. A refusal of the dialog's context comes first. */
  reason?: string | undefined;
  isPending?: boolean | undefined;
  /** At the left end of the footer. */
  note?: ReactNode;
  onSubmit: () => void;
  /** Of the form. */
  className?: string | undefined;
};

/** A dialog whose body is a form, with the buttons that cancel and submit it. */
export function FormDialog({
  label,
  kbd,
  isDanger = false,
  cancelLabel,
  reason: ownReason,
  isPending = false,
  note,
  onSubmit,
  className,
  children,
  ...dialog
}: FormDialogProps) {
  const { refusal } = useDialogContext();
  const reason = refusal ?? ownReason;
  const form = useId();
  const cancel = useRef<HTMLButtonElement>(null);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (reason === undefined && !isPending) onSubmit();
  }
  return (
    <Dialog
      dismissible={false}
      {...(cancelLabel !== undefined && { initialFocus: cancel })}
      {...dialog}
      footer={
        <>
          {note}
          <CloseButton ref={cancel} onClick={dialog.onClose}>
            {' '}
            {cancelLabel ?? 'Cancel'}
          </CloseButton>
          <Button
            type="submit"
            form={form}
            size="lg"
            kbd={kbd}
            variant={isDanger ? 'dangerSolid' : 'primary'}
            disabled={reason !== undefined || isPending}
            title={reason}
          >
            {label}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className={cx('grid gap-4', className)}>
        {children}
      </form>
    </Dialog>
  );
}

/** The button in the footer of a dialog that closes it, as Esc does. */
export const CloseButton = ({ children = 'Close', ...button }: ComponentProps<typeof Button>) => (
  <Button size="lg" kbd="Esc" {...button}>
    {children}
  </Button>
);
