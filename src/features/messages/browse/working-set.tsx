import { LockKeyhole, RefreshCw } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { ActionButton } from '@/actions/action-button';
import { extendLeases, type MessageSubject, releaseLeases } from '@/actions/message-actions';
import { leasingActions } from '@/actions/queue-actions';
import { useLeases } from '@/state/leases/leases';
import { type Browse, closeBrowse } from '@/state/messages/queue-browses';
import { Button } from '@/ui/controls/button';
import { count } from '@/words/counts';
import { spokenSpan } from '@/words/spans';
import { clockTime } from '@/words/times';
import { inHand, LeasesTimer } from '../shared/leases-in-hand';

type WorkingSetProps = { on: MessageSubject; browse: Browse };

/** What a browse left in hand, which the next job uses without a second walk: until when, and how to extend or return it. */
export function WorkingSet({ on, browse }: WorkingSetProps) {
  const leases = useLeases(browse.connectionId, browse.queue);
  const { rows } = browse;
  const { ids, first, longest } = useMemo(() => inHand(leases.filter(({ id }) => rows.has(id))), [leases, rows]);
  const again = (
    <Button
      aria-label="Browse again"
      className="folded:max-line:hidden"
      onClick={() => closeBrowse(browse.connectionId, browse.queue)}
    >
      <RefreshCw className="size-3.5 desk:hidden" />
      <span className="max-desk:hidden">Browse again</span>
    </Button>
  );
  if (!first)
    return (
      <Line>
        <span className="min-w-0 flex-1 truncate">Nothing of what was browsed is in hand any more.</span>
        {again}
      </Line>
    );
  return (
    <Line>
      <span className="min-w-0 flex-1 leading-4 desk:truncate">
        <b className="mr-2 font-semibold whitespace-nowrap desk:mr-0">{count(ids.length)} in hand</b>
        <span className="max-desk:hidden">
          , leased to you until {clockTime(first.endsAt)}. What you do now needs no second walk.
        </span>
        <LeasesTimer first={first} className="desk:ml-2" />
      </span>
      <ActionButton
        action={leasingActions.release}
        on={on}
        icon={null}
        hasKey={false}
        aria-label="Extend the working set"
        title={`Hold ${count(ids.length)} for ${spokenSpan(longest)} from now`}
        onClick={() => extendLeases(on, ids, longest)}
      >
        Extend
      </ActionButton>
      <ActionButton
        action={leasingActions.release}
        on={on}
        icon={null}
        hasKey={false}
        onClick={() => releaseLeases(on, ids)}
      >
        Return {count(ids.length)}
      </ActionButton>
      {again}
    </Line>
  );
}

const Line = ({ children }: { children: ReactNode }) => (
  <div
    role="group"
    aria-label="Working set"
    className="order-first flex min-h-9 flex-none items-center gap-2 bg-leased-tint py-1 pr-3 pl-4 max-desk:min-h-11 max-desk:pr-2 max-desk:pl-3.5"
  >
    <LockKeyhole aria-hidden className="size-3.5 flex-none text-leased" />
    {children}
  </div>
);
