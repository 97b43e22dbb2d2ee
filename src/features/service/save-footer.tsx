import { Button } from '@/ui/controls/button';
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
export const SaveFooter = ({ form, label, reason, effect, isPending, onClose }: SaveFooterProps) => (
  <>
    <SaveNote reason={reason} effect={effect} />
    <Button size="lg" kbd="Esc" onClick={onClose}>
      Cancel
    </Button>
    <Button type="submit" form={form} size="lg" variant="primary" disabled={isPending} reason={reason}>
      {label}
    </Button>
  </>
);
