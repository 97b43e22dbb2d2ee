import { FormFooter } from '@/ui/overlay/form-footer';
import { SaveNote } from './save-note';

type SaveFooterProps = {
  /** Id of the form that it saves. */
  form: string;
  /** What the button says. */
  label: string;
  /** Why nothing can be saved now. */
  reason: string | undefined;
  /** What saving does, said before it. */
  effect: string;
  isPending: boolean;
  onClose: () => void;
};

/** The foot of a dialog that saves what was changed. */
export const SaveFooter = ({ effect, isPending, ...footer }: SaveFooterProps) => (
  <FormFooter {...footer} disabled={isPending}>
    <SaveNote reason={footer.reason} effect={effect} />
  </FormFooter>
);
