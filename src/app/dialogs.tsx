import { lazy, Suspense } from 'react';
import { closeDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { Arriving } from '@/ui/browser/arriving';

const Open = lazy(() => import('./open-dialog'));

/** Draws the dialog that some feature asked for. What it needs to know of all actions is loaded with the first one. */
export function Dialogs() {
  const open = useOpenDialog();
  return <Suspense fallback={<Arriving onCancel={closeDialog} />}>{open && <Open open={open} />}</Suspense>;
}
