import type { ReactNode } from 'react';
import { useAccount } from '@/queries/use-account';
import { QueueBrowser } from './queue-browser';

type QueueSidebarProps = {
  /** `Account.id` */
  connection: string;
  /** The open queue. */
  current?: string | undefined;
  /** Above the list: the account and the command search. */
  top?: ReactNode;
};

/** The queues of the connection beside the open one. */
export function QueueSidebar({ connection, current, top }: QueueSidebarProps) {
  const account = useAccount(connection);
  return (
    <aside aria-label="Queues" className="flex h-full min-h-0 min-w-0 flex-col bg-canvas">
      {top}
      {account && <QueueBrowser key={account.id} account={account} current={current} />}
    </aside>
  );
}
