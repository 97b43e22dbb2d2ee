import { useEffect, useEffectEvent, useRef } from 'react';
import { type Lease, leaseRemaining } from '@/state/leases/leases';
import { useOpenDialog } from '@/state/navigation/open-dialog';
import { useNow } from '@/ui/browser/use-now';
import { dismissToast, toast } from '@/ui/overlay/toast-store';
import { spokenSpan } from '@/words/spans';
import { shortId } from '../shared/short-id';

/** Time left at which an extension is offered. */
const SOON_MS = 10_000;

/** Whether to offer an extension. A lease of ten seconds or less was meant to be short. */
export function isEndingSoon(lease: Pick<Lease, 'endsAt' | 'total'>, now: number): boolean {
  const left = leaseRemaining(lease, now);
  return left > 0 && left <= SOON_MS && lease.total * 1000 > SOON_MS;
}

type ExpiryPromptProps = {
  lease: Lease;
  /** X means this message. */
  hasKey: boolean;
  onExtend: (seconds: number) => void;
};

/** When the lease of the open message has 10 s left, offers to extend it; the offer goes with the lease. Draws nothing. */
export function ExpiryPrompt({ lease, hasKey, onExtend }: ExpiryPromptProps) {
  const now = useNow();
  const left = leaseRemaining(lease, now);
  // The editor has an offer of its own.
  const isEditing = useOpenDialog()?.kind === 'editMessage';
  const isSoon = isEndingSoon(lease, now) && !isEditing;
  const notice = useRef<string>(undefined);
  const offer = useEffectEvent(() => {
    notice.current = toast({
      title: `The lease on ${shortId(lease.id)} ends in ${Math.ceil(left / 1000)} s`,
      tone: 'warn',
      duration: left,
      action: {
        label: `Extend by ${spokenSpan(lease.total)}`,
        kbd: hasKey ? 'X' : undefined,
        onClick: () => onExtend(lease.total),
      },
    });
  });
  useEffect(() => {
    if (!isSoon) return;
    offer();
    return () => {
      if (notice.current) dismissToast(notice.current);
    };
  }, [isSoon]);
  return null;
}
