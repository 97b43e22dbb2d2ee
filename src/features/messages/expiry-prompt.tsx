import { useEffect, useEffectEvent, useRef } from 'react';
import { useOpenDialog } from '@/state/dialogs';
import { type Lease, leaseRemaining } from '@/state/leases';
import { spokenSpan } from '@/ui/time-span';
import { dismissToast, toast } from '@/ui/toast-store';
import { useNow } from '@/ui/use-now';
import { shortId } from './short-id';

const SOON = 10_000;

type ExpiryPromptProps = {
  lease: Lease;
  /** X means this message. */
  hasKey: boolean;
  onExtend: (seconds: number) => void;
};

/** When the lease of the open message has 10 s left, offers to extend it; the offer goes with the lease. Draws nothing. */
export function ExpiryPrompt({ lease, hasKey, onExtend }: ExpiryPromptProps) {
  const left = leaseRemaining(lease, useNow());
  const isEditing = useOpenDialog()?.kind === 'editMessage';
  // A lease of ten seconds or less was meant to be short.
  const isSoon = left > 0 && left <= SOON && lease.total * 1000 > SOON && !isEditing;
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
