import { LockKeyhole } from 'lucide-react';
import { ActionButton } from '@/actions/action-button';
import { extendLeases, type MessageSubject, releaseLeases } from '@/actions/message-actions';
import { leasingActions } from '@/actions/queue-actions';
import { useLeases } from '@/state/leases/leases';
import { useBrowse } from '@/state/messages/queue-browses';
import { count, counted } from '@/words/counts';
import { spokenSpan } from '@/words/spans';
import { inHand, LeasesTimer } from '../shared/leases-in-hand';

/** In a short window: how many messages of the queue are leased to this tab, the next end, and what can be done with all of them. */
export function LeaseLine({ on }: { on: MessageSubject }) {
  const browse = useBrowse(on.connectionId, on.queue);
  const { ids, first, longest } = inHand(useLeases(on.connectionId, on.queue));
  // What a browse left in hand has a line of its own.
  if (!first || (browse?.kept ?? 0) > 0) return null;
  return (
    <div role="group" aria-label="Leases" className="flex items-center gap-1.5 bg-leased-tint px-3">
      <LockKeyhole className="size-3.5 flex-none text-leased" />
      <b className="font-semibold whitespace-nowrap">{count(ids.length)} leased</b>
      <LeasesTimer first={first} className="mr-1 max-line:mr-auto" />
      <ActionButton
        action={leasingActions.release}
        on={on}
        aria-label={`Extend ${counted(ids.length, 'lease')}`}
        title={`Hold ${count(ids.length)} for ${spokenSpan(longest)} from now`}
        className="h-9!"
        onClick={() => extendLeases(on, ids, longest)}
      >
        Extend
      </ActionButton>
      <ActionButton
        action={leasingActions.release}
        on={on}
        aria-label={`Release ${counted(ids.length, 'lease')}`}
        className="h-9!"
        onClick={() => releaseLeases(on, ids)}
      >
        Release
      </ActionButton>
    </div>
  );
}
