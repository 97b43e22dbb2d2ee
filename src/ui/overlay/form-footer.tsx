import type { ReactNode, Ref } from 'react';
import { Button, type ButtonVariant } from '../controls/button';
import { useDialogContext } from './dialog-context';

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
      <Button ref={closeButton} size="lg" kbd="Esc" onClick={onClose}>
        {closeLabel}
      </Button>
      <Button type="submit" form={form} size="lg" variant={variant} kbd={kbd} disabled={disabled} reason={reason}>
        {label}
      </Button>
    </>
  );
}
