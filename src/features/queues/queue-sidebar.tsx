import { useAccount } from '@/queries/use-account';
import { useRoute } from '@/state/navigation/route';
import { QueueBrowser } from './queue-browser';

/** The queues of a connection beside the open one. Fills its parent. */
export function QueueSidebar({ connection }: { connection: { /** `Account.id` */ id: string } }) {
  const account = useAccount(connection.id);
  const route = useRoute();
  return (
    <aside aria-label="Queues" className="flex min-h-0 min-w-0 flex-1 flex-col bg-canvas">
      {account && (
        <QueueBrowser
          key={account.id}
          account={account}
          current={route?.screen === 'explorer' ? route.queue : undefined}
        />
      )}
    </aside>
  );
}
