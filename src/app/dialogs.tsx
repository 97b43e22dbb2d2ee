import { lazy, Suspense } from 'react';
import { useOpenDialog } from '@/state/navigation/open-dialog';

const Open = lazy(() => import('./open-dialog'));

/** Draws the dialog that some feature asked for. What it needs to know of all actions is loaded with the first one. */
export function Dialogs() {
  const open = useOpenDialog();
  return <Suspense>{open && <Open open={open} />}</Suspense>;
}
