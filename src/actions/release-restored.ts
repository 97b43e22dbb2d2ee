import { LeaseHandle } from '@/bulk/leasing/lease-handle';
import { returnAll } from '@/bulk/leasing/return-all';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import type { StoredLease } from '@/messages/stored-leases';
import { queueTarget } from '@/queries/queue-target';
import { queueKeys } from '@/queries/queues';
import { toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';
import type { QueueContext } from './lease-requests';
import { runMutation } from './run-mutation';

type Release = {
  signal: AbortSignal;
  onProgress: (released: number) => void;
  /** The queue, where it is written ahead; by default as the account has it. */
  target?: QueueTarget;
};

/** Releases restored leases by their receipts; resolves to the reasons of those that could not be. */
export async function releaseRestored(
  { client, account, queue }: QueueContext,
  leases: readonly Pick<StoredLease, 'id'>[],
  { signal, onProgress, target = queueTarget(account, queue) }: Release,
): Promise<string[]> {
  let released = 0;
  const context = { target, claim: undefined, canRenew: true, triesUnknown: true, signal };
  const handles = leases.map(({ id }) => new LeaseHandle(context, id));
  const returnThem = () => returnAll(handles, { signal, onReturned: () => onProgress(++released) });
  const reasons = await runMutation(
    client,
    { mutationKey: queueKeys.one(account, queue), mutationFn: returnThem },
    undefined,
  );
  const over = handles.filter(({ state }) => state === 'lost' || state === 'gone');
  for (const { id } of over) reasons.delete(id);
  if (released + over.length > 0)
    toast({
      title: released > 0 ? `Released ${counted(released, 'lease')}` : 'No lease was left to release',
      detail:
        over.length > 0
          ? `${counted(over.length, released > 0 ? 'other' : 'lease')} had ended: another consumer received the message, or it is gone.`
          : undefined,
      tone: released > 0 ? 'success' : 'warn',
      ...(over.length > 0 && { duration: 12_000 }),
    });
  return [...new Set(reasons.values())];
}
