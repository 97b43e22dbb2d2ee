import { useMutation } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import type { Account } from '@/azure/account';
import { extendLeases } from '@/queries/messages';
import type { Lease } from '@/state/leases';
import { Button } from '@/ui/button';
import { Strip } from '@/ui/failure';
import { clockTime } from '@/ui/relative-time';

/** Seconds: extending to edit on gives at least a minute. */
const LEAST_EXTENSION = 60;

type LeaseEndingProps = { account: Account; queue: string; lease: Lease };

/** Says that a lease is about to end under an open draft, and offers more time. */
export function LeaseEnding({ account, queue, lease }: LeaseEndingProps) {
  const extend = useMutation(extendLeases(account, queue));
  return (
    <Strip
      tone="warn"
      icon={<Hourglass />}
      title={`The lease ends at ${clockTime(lease.endsAt)}`}
      action={
        <Button
          disabled={extend.isPending}
          onClick={() => extend.mutate({ ids: [lease.id], seconds: Math.max(lease.total, LEAST_EXTENSION) })}
        >
          Extend
        </Button>
      }
    >
      After that the message is visible again and saving would fail.
    </Strip>
  );
}
