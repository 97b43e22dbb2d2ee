import { useSyncExternalStore } from 'react';
import { reloadPage } from '@/parts/offline';
import { Button } from '@/ui/controls/button';
import { toast } from '@/ui/overlay/toast-store';
import { PlainDialog } from '@/ui/parts/plain-dialog';
import { reloadCost } from './reload-cost';

let isAsking = false;
const listeners = new Set<() => void>();
function ask(is: boolean) {
  isAsking = is;
  listeners.forEach((listener) => listener());
}
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Says that another version waits. It waits until the person takes it, or until no tab of this one is open. */
export function tellNewVersion(): void {
  toast({
    title: 'New version',
    detail: `Used after a reload. ${reloadCost()}`,
    action: { label: 'Reload', onClick: () => ask(true) },
    duration: 0,
  });
}

/** Asks before the reload, with what it costs by then. */
export function NewVersion() {
  const isOpen = useSyncExternalStore(subscribe, () => isAsking);
  if (!isOpen) return null;
  return (
    <PlainDialog
      title="New version: reload?"
      onClose={() => {
        ask(false);
        // It waits on.
        tellNewVersion();
      }}
      actions={
        <Button variant="primary" onClick={() => void reloadPage()}>
          Reload the page
        </Button>
      }
    >
      <p>{reloadCost()}</p>
    </PlainDialog>
  );
}
