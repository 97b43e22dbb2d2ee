import { type ComponentProps, type ReactNode, type Ref, type SubmitEvent, useId, useRef } from 'react';
import { Button, type ButtonVariant } from '../controls/button';
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

type FormFooterProps = {
  /** Id of the form. */
  form: string;
  /** On the button that submits it. */
  label: string;
  variant?: ButtonVariant;
  /** Key that the submit button shows. */
  kbd?: string | undefined;
  /** On the button that closes the dialog. */
  closeLabel?: string | undefined;
  closeButton?: Ref<HTMLButtonElement>;
  /** Why the form cannot be submitted, where the dialog itself has no reason. */
  reason?: string | undefined;
  disabled?: boolean;
  onClose: () => void;
  children?: ReactNode;
};

/** The foot of a dialog with a form: the way out of it, and the button that submits it. */
export function FormFooter({
  form,
  label,
  variant = 'primary',
  kbd,
  closeLabel = 'Cancel',
  closeButton,
  reason: problem,
  disabled,
  onClose,
  children,
}: FormFooterProps) {
  const { reason = problem } = useDialogContext();
  return (
    <>
      {children}
      <CloseButton ref={closeButton} onClick={onClose}>
        {closeLabel}
      </CloseButton>
      <Button type="submit" form={form} size="lg" variant={variant} kbd={kbd} disabled={disabled} reason={reason}>
        {label}
      </Button>
    </>
  );
}

/** The button in the footer of a dialog that closes it, as Esc does. */
export const CloseButton = ({ children = 'Close', ...button }: ComponentProps<typeof Button>) => (
  <Button size="lg" kbd="Esc" {...button}>
    {children}
  </Button>
);
