import { LockKeyhole } from 'lucide-react';
import { ActionButton } from '@/actions/action-button';
import { extendLeases, type MessageSubject, releaseLeases } from '@/actions/message-actions';
import { leasingActions } from '@/actions/queue-actions';
import { leaseRemaining, useLeases } from '@/state/leases/leases';
import { useBrowse } from '@/state/messages/queue-browses';
import { useNow } from '@/ui/browser/use-now';
import { count, counted } from '@/words/counts';
import { spokenSpan } from '@/words/spans';
import { countdown } from '@/words/times';
import { spokenLeft } from '../shared/spoken-left';

/** In a short window: how many messages of the queue are leased to this tab, the next end, and what can be done with all of them. */
export function LeaseLine({ on }: { on: MessageSubject }) {
  const now = useNow();
  const browse = useBrowse(on.connectionId, on.queue);
  const held = useLeases(on.connectionId, on.queue).filter(({ state, isTaken }) => state === 'held' && !isTaken);
  const [first] = held.toSorted((one, other) => one.endsAt.getTime() - other.endsAt.getTime());
  // What a browse left in hand has a line of its own.
  if (!first || (browse?.kept ?? 0) > 0) return null;
  const ids = held.map(({ id }) => id);
  const longest = held.reduce((most, { total }) => Math.max(most, total), 1);
  const left = leaseRemaining(first, now);
  return (
    <div role="group" aria-label="Leases" className="flex items-center gap-1.5 bg-leased-tint px-3">
      <LockKeyhole className="size-3.5 flex-none text-leased" />
      <b className="font-semibold whitespace-nowrap">{count(ids.length)} leased</b>
      <span
        role="timer"
        aria-label={`Leases, ${spokenLeft(Math.ceil(left / 1000))} left`}
        className="mr-1 font-semibold text-leased tabular-nums max-line:mr-auto"
      >
        {countdown(left)}
      </span>
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
