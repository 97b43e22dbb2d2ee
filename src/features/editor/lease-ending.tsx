import { useMutation } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import type { Account } from '@/azure/protocol/model';
import type { LeaseOutcome } from '@/bulk/work/lease-actions';
import { extendLeases } from '@/queries/messages';
import type { Lease } from '@/state/leases/leases';
import { useDenialReason } from '@/state/permissions/permissions';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { clockTime } from '@/ui/format/relative-time';
import { toast } from '@/ui/overlay/toast-store';

/** Milliseconds of a lease at which to offer more. */
const ENDING_SOON_MS = 10_000;
/** Seconds: extending to edit on gives at least a minute. */
const LEAST_EXTENSION_SECONDS = 60;

/** Whether a lease with so many ms left is about to end under an open draft. */
export const isAboutToEnd = (remaining: number): boolean => remaining <= ENDING_SOON_MS;

/** Seconds to extend a lease by that was asked for so many. */
export const extensionOf = (total: number): number => Math.max(total, LEAST_EXTENSION_SECONDS);

type LeaseEndingProps = { account: Account; queue: string; lease: Lease; onExtend: () => void };

/** Says that a lease is about to end under an open draft, and offers more time. */
export function LeaseEnding({ account, queue, lease, onExtend }: LeaseEndingProps) {
  // More time shows at once and takes this strip away: what went wrong has to be said elsewhere.
  const extend = useMutation({ ...extendLeases(account, queue), onSuccess: ([outcome]) => outcome && tell(outcome) });
  const reason = useDenialReason(account.id, queue)('extend');
  return (
    <Strip
      tone="warn"
      icon={<Hourglass />}
      title={`The lease ends at ${clockTime(lease.endsAt)}`}
      action={
        <Button
          disabled={extend.isPending}
          reason={reason}
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

function tell(outcome: LeaseOutcome) {
  if (outcome.kind !== 'done') toast({ title: 'Lease not extended', detail: outcome.reason, tone: 'danger' });
}
