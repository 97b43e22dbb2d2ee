import { closeDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { quietPart } from '@/ui/parts/lazy-part';

const Open = quietPart(async () => (await import('./open-dialog')).default, { shape: 'dialog', onClose: closeDialog });

/** Draws the dialog that some feature asked for. What it needs to know of all actions is loaded with the first one. */
export function Dialogs() {
  const open = useOpenDialog();
  return open && <Open open={open} />;
}
