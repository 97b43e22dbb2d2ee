import { OctagonAlert } from 'lucide-react';
import type { Account } from '@/azure/protocol/model';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { useCountSamples } from '@/state/activity/queue-counts';
import { queueRoute, routeHref } from '@/state/navigation/route';
import { count } from '@/ui/format/counts';

/** The poison queues that hold something, since each of their messages waits for a person. */
export function PoisonQueues({ account, queues }: { account: Account; queues: readonly string[] }) {
  return (
    <section>
      <h2 className="text-15 font-semibold">Poison queues</h2>
      <p className="mt-1 text-text-2">Messages that kept failing, and that nobody receives any more.</p>
      <table className="mt-3 w-full table-fixed text-left">
        <thead className="text-11 text-text-3">
          <tr className="h-7 border-y border-line bg-canvas">
            <th className="px-3 font-semibold">Queue</th>
            <th className="px-3 font-semibold">Comes from</th>
            <th className="w-24 px-3 text-right font-semibold">Messages</th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <PoisonQueue key={queue} account={account} queue={queue} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PoisonQueue({ account, queue }: { account: Account; queue: string }) {
  const sample = useCountSamples(account.id, queue).at(-1);
  const messages = sample?.count;
  const isAlarming = messages !== undefined && messages > 0;
  return (
    <tr className="h-8 border-b border-line">
      <td className="truncate px-3">
        <a
          href={routeHref(queueRoute(account.id, queue))}
          className={isAlarming ? 'text-danger hover:underline' : 'text-text-2 hover:underline'}
        >
          <OctagonAlert className="mr-1.5 inline size-3.5 align-[-2px]" />
          {queue}
        </a>
      </td>
      <td className="truncate px-3 text-text-2">{poisonParent(queue)}</td>
      <td className={isAlarming ? 'px-3 text-right font-semibold text-danger' : 'px-3 text-right text-text-3'}>
        {messages === undefined ? sample && '?' : count(messages)}
      </td>
    </tr>
  );
}
