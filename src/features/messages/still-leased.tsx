import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { each } from '@/bulk/each';
import { returnMessage } from '@/bulk/return-message';
import { bulkPlace } from '@/queries/bulk-place';
import { queueKeys } from '@/queries/queues';
import { type KeptReceipt, useEarlierLeases } from '@/state/earlier-leases';
import { dropEarlier } from '@/state/kept-receipts';
import { placeHref } from '@/state/place';
import { Button } from '@/ui/button';
import { count, counted } from '@/ui/counts';
import { Strip } from '@/ui/failure';
import { clockTime } from '@/ui/relative-time';
import { toast } from '@/ui/toast-store';
import { useNow } from '@/ui/use-now';
import type { LeaseDesk } from './lease-actions';
import { runMutation } from './run-mutation';

const AT_A_TIME = 8;

/** What this tab leased before it was loaded anew: it holds the receipts, so that it can still give the messages back. */
export function StillLeased({ desk }: { desk: LeaseDesk }) {
  const now = useNow();
  const all = useEarlierLeases().filter(({ connectionId, endsAt }) => connectionId === desk.account.id && endsAt > now);
  const [released, setReleased] = useState<number>();
  const [reasons, setReasons] = useState<readonly string[]>([]);
  const own = all.filter(({ queue }) => queue === desk.queue);
  const elsewhere = Map.groupBy(
    all.filter(({ queue }) => queue !== desk.queue),
    ({ queue }) => queue,
  );
  if (all.length === 0) return null;
  const total = own.length;
  const latest = own.reduce((last, { endsAt }) => Math.max(last, endsAt), 0);

  async function release() {
    setReleased(0);
    setReasons([]);
    setReasons(await releaseEarlier(desk, own, setReleased));
    setReleased(undefined);
  }

  return (
    <Strip
      tone="leased"
      icon={<LockKeyhole />}
      title={
        total > 0
          ? `${counted(total, 'message')} ${total === 1 ? 'is' : 'are'} still leased by this tab until ${clockTime(latest)}`
          : `This tab still holds leases in ${counted(elsewhere.size, 'other queue')}`
      }
      className="flex-wrap border-t border-line"
      action={
        total > 0 && (
          <>
            <Button disabled={released !== undefined} onClick={() => void release()}>
              {released === undefined
                ? total === 1
                  ? 'Release it'
                  : 'Release them'
                : `Released ${count(released)} of ${count(total)}`}
            </Button>
            <Button
              disabled={released !== undefined}
              title="Visible again when the lease ends"
              onClick={() => dropEarlier(own)}
            >
              Keep
            </Button>
          </>
        )
      }
    >
      {reasons.length > 0 && <p className="text-danger">Not released: {reasons.slice(0, 2).join(' ')}</p>}
      {total > 0 &&
        `From before the page was loaded anew: ${total === 1 ? 'its receipt was kept, its text was' : 'their receipts were kept, their texts were'} not. `}
      {elsewhere.size > 0 && (
        <>
          {total > 0 && 'More in '}
          {[...elsewhere].map(([queue, leases], index) => (
            <span key={queue}>
              {index > 0 && ', '}
              <a
                className="text-accent underline"
                href={placeHref({
                  screen: 'explorer',
                  connection: desk.account.id,
                  queue,
                  mode: 'peek',
                  filter: '',
                })}
              >
                {queue}
              </a>{' '}
              ({count(leases.length)})
            </span>
          ))}
          .
        </>
      )}
    </Strip>
  );
}

/** Gives messages back by receipts that outlived the page; resolves to why some could not be. */
async function releaseEarlier(
  { client, account, queue }: LeaseDesk,
  leases: readonly KeptReceipt[],
  onProgress: (released: number) => void,
): Promise<string[]> {
  const work = returnMessage(bulkPlace(account, queue));
  const reasons = new Set<string>();
  const settled: KeptReceipt[] = [];
  let released = 0;
  async function releaseAll() {
    await each(leases, AT_A_TIME, async (lease) => {
      const { kind, reason } = await work({ id: lease.id, receipt: lease.receipt });
      if (kind === 'done') onProgress(++released);
      if (kind === 'done' || kind === 'skipped') settled.push(lease);
      else reasons.add(reason ?? 'Not returned.');
    });
  }
  await runMutation(client, { mutationKey: queueKeys.one(account, queue), mutationFn: releaseAll }, undefined);
  dropEarlier(settled);
  const over = settled.length - released;
  if (settled.length > 0)
    toast({
      title: `Released ${counted(released, 'lease')}`,
      detail: over > 0 ? `${counted(over, 'other')} had ended, or the message is gone.` : undefined,
      tone: 'success',
    });
  return [...reasons];
}
