import { useRef } from 'react';
import { useAccount } from '@/queries/use-account';
import { useRoute } from '@/state/navigation/route';
import { Dialog } from '@/ui/overlay/dialog';
import { QueueBrowser } from './queue-browser';

/** The list of queues as a dialog, where there is no room for the sidebar. */
export default function ChooseQueueDialog({ connectionId, onClose }: { connectionId: string; onClose: () => void }) {
  const account = useAccount(connectionId);
  const route = useRoute();
  const field = useRef<HTMLInputElement>(null);
  if (!account) return null;
  return (
    <Dialog title={account.name} size="sm" initialFocus={field} onClose={onClose}>
      <div className="-mx-5 -my-4 flex h-[60dvh] flex-col pt-2 max-desk:-mx-4 max-desk:h-[calc(100dvh-56px)]">
        <QueueBrowser
          account={account}
          field={field}
          current={route?.screen === 'explorer' ? route.queue : undefined}
          onOpen={onClose}
        />
      </div>
    </Dialog>
  );
}
