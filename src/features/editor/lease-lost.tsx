import { useMutation } from '@tanstack/react-query';
import { LockOpen } from 'lucide-react';
import type { Account } from '@/azure/account';
import { StorageError } from '@/azure/errors';
import { failureWords } from '@/azure/failure-words';
import { leaseMessages } from '@/queries/lease-messages';
import { nowOf } from '@/state/clocks';
import { openDialog } from '@/state/dialogs';
import type { Lease } from '@/state/leases';
import { viewRequestOf } from '@/state/view-request';
import { Button } from '@/ui/button';
import { CopyButton } from '@/ui/code';
import { Strip, ViewRequest } from '@/ui/failure';
import { clockTime } from '@/ui/relative-time';
import { actionsBelow } from './strip-look';

type LeaseLostProps = {
  account: Account;
  queue: string;
  /** The lease as it is known, or as it was last seen. */
  lease: Lease;
  /** This tab has forgotten it: given back, deleted, or the message is gone. */
  isForgotten: boolean;
  text: string;
  /** What the last save answered. */
  error: unknown;
  /** It is ours again, and what the last save answered is over. */
  onLeased: () => void;
};

/** The lease went away under an open draft: says so, keeps the draft, and offers the ways on. */
export function LeaseLost({ account, queue, lease, isForgotten, text, error, onLeased }: LeaseLostProps) {
  const again = useMutation({
    ...leaseMessages(account, queue),
    onSuccess: (search) => {
      if (search.found.length > 0) onLeased();
    },
  });
  const isGone = error instanceof StorageError && error.code === 'MessageNotFound';
  const [title, reason] = words({ lease, isForgotten, isGone });
  const found =
    again.data?.found.length === 0 ? `It is not among the first ${again.data.passed} visible messages.` : undefined;
  return (
    <Strip
      tone="leased"
      role="alert"
      icon={<LockOpen />}
      title={title}
      className={actionsBelow}
      action={
        <>
          <ViewRequest onView={viewRequestOf(error)} />
          <CopyButton label="Copy text" text={text} />
          <Button onClick={() => openDialog({ kind: 'addMessage', connection: account.id, queue, text })}>
            Save as new message
          </Button>
          {!isGone && (
            <Button
              variant="primary"
              disabled={again.isPending}
              onClick={() =>
                again.mutate({ ids: new Set([lease.id]), visibilityTimeout: Math.max(lease.total, SHORTEST) })
              }
            >
              {again.isPending ? 'Leasing' : 'Lease it again'}
            </Button>
          )}
        </>
      }
    >
      {found ?? (again.isError ? `Not leased: ${failureWords(again.error).reason}` : reason)}{' '}
      <span className="font-mono">{failureWords(error).code}</span>
    </Strip>
  );
}

/** Seconds: a lease to edit under should not end before the first key. */
const SHORTEST = 60;

function words({
  lease,
  isForgotten,
  isGone,
}: {
  lease: Lease;
  isForgotten: boolean;
  isGone: boolean;
}): [string, string] {
  if (isGone) return ['The message is gone', 'It was deleted or has expired. Your draft is kept.'];
  if (lease.state === 'unknown') {
    return [
      'The new receipt is hidden',
      'The CORS rule leaves out x-ms-popreceipt, so this page can save no more. Your draft is kept.',
    ];
  }
  if (isForgotten) return ['The lease was given back', 'Saving needs a lease. Your draft is kept.'];
  if (lease.endsAt.getTime() > nowOf(lease.connectionId)) {
    return ['The lease is no longer yours', 'Somebody else has received the message. Your draft is kept.'];
  }
  return [
    `Your lease ended at ${clockTime(lease.endsAt)}`,
    'The message is visible again, so saving would fail. Your draft is kept.',
  ];
}
