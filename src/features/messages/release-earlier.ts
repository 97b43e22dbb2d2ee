import { returnReceipts } from '@/bulk/return-receipts';
import { bulkPlace } from '@/queries/bulk-place';
import { queueKeys } from '@/queries/queues';
import type { KeptReceipt } from '@/state/earlier-leases';
import { dropEarlier } from '@/state/kept-receipts';
import { counted } from '@/ui/counts';
import { toast } from '@/ui/toast-store';
import type { LeaseDesk } from './lease-actions';
import { runMutation } from './run-mutation';

type Release = { signal: AbortSignal; onProgress: (released: number) => void };

/** Gives messages back by receipts that outlived what leased them; resolves to why some could not be. */
export async function releaseEarlier(
  { client, account, queue }: LeaseDesk,
  leases: readonly KeptReceipt[],
  { signal, onProgress }: Release,
): Promise<string[]> {
  const reasons = new Set<string>();
  const settled: KeptReceipt[] = [];
  let released = 0;
  const releaseAll = () =>
    returnReceipts(bulkPlace(account, queue), leases, {
      signal,
      onOutcome({ item, kind, reason }) {
        if (kind === 'done') onProgress(++released);
        if (kind === 'done' || kind === 'skipped') settled.push(item);
        else reasons.add(reason ?? 'Not returned.');
      },
    });
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
