import { type ReactNode, type SubmitEvent, useId, useRef } from 'react';
import { cx } from '../format/cx';
import { Dialog, type DialogProps } from './dialog';
import { useDialogContext } from './dialog-context';
import { FormFooter } from './form-footer';

type FormDialogProps = Omit<DialogProps, 'footer' | 'open' | 'textOnly'> & {
  /** On the button that submits: verb and object. */
  label: string;
  /** Key that the submit button shows. */
  kbd?: string | undefined;
  isDanger?: boolean | undefined;
  /** On the button that closes: `Cancel`, unless it says what stays as it is; then it takes the focus first. */
  cancelLabel?: string | undefined;
  /** Why the form cannot be submitted; the submit button shows it. The reason of the dialog's context comes first. */
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
  const { reason = ownReason } = useDialogContext();
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
        <FormFooter
          form={form}
          label={label}
          kbd={kbd}
          variant={isDanger ? 'dangerSolid' : 'primary'}
          closeLabel={cancelLabel}
          closeButton={cancel}
          reason={reason}
          disabled={isPending}
          onClose={dialog.onClose}
        >
          {note}
        </FormFooter>
      }
    >
      <form id={form} onSubmit={submit} className={cx('grid gap-4', className)}>
        {children}
      </form>
    </Dialog>
  );
}
