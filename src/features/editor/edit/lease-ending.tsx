import { useMutation } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import type { Account } from '@/azure/protocol/model';
import type { LeaseOutcome } from '@/bulk/work/lease-actions';
import { extendLeases } from '@/queries/messages';
import type { Lease } from '@/state/leases/leases';
import { useDenialReason } from '@/state/permissions/permissions';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { toast } from '@/ui/overlay/toast-store';
import { clockTime } from '@/words/times';

/** Ms left of a lease from which more time is offered. */
const ENDING_SOON_MS = 10_000;
/** Seconds that an extension gives at least. */
const LEAST_EXTENSION_SECONDS = 60;

/** True when a lease with `remaining` ms left is about to end. */
export const isAboutToEnd = (remainingMs: number): boolean => remainingMs <= ENDING_SOON_MS;

/** Seconds to extend a lease of `total` seconds by. */
export const extensionOf = (total: number): number => Math.max(total, LEAST_EXTENSION_SECONDS);

type LeaseEndingProps = { account: Account; queue: string; lease: Lease; onExtend: () => void };

/** Warns that the lease under a draft is about to end, and offers more time. */
export function LeaseEnding({ account, queue, lease, onExtend }: LeaseEndingProps) {
  // An extension shows at once and removes this strip, so its error needs a toast.
  const extend = useMutation({
    ...extendLeases(account, queue),
    onSuccess: ([outcome]) => outcome && reportFailure(outcome),
  });
  const denial = useDenialReason(account.id, queue)('extend');
  return (
    <Strip
      tone="warn"
      icon={<Hourglass />}
      title={`The lease ends at ${clockTime(lease.endsAt)}`}
      action={
        <Button
          disabled={extend.isPending}
          reason={denial}
          onClick={() => {
            extend.mutate({ ids: [lease.id], seconds: extensionOf(lease.total) });
            onExtend();
          }}
        >
          Extend
        </Button>
      }
    >
      After that other consumers can receive the message.
    </Strip>
  );
}

function reportFailure(outcome: LeaseOutcome) {
  if (outcome.kind !== 'done') toast({ title: 'Lease not extended', detail: outcome.reason, tone: 'danger' });
}
