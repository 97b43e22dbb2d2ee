import { LockKeyholeOpen } from 'lucide-react';
import { useState } from 'react';
import { ActionButton } from '@/actions/action-button';
import { leasingActions, type OpenQueue } from '@/actions/queue-actions';
import type { Lease } from '@/state/leases/leases';
import { useDenialReason } from '@/state/permissions/permissions';
import { Button } from '@/ui/controls/button';
import { Spinner } from '@/ui/feedback/skeleton';
import { toast } from '@/ui/overlay/toast-store';
import { spokenSpan } from '@/words/spans';
import { endedText, isPastLimit, oneSearched } from './lease-search';
import { limitText, SearchLimit } from './lease-search-limit';
import { useLeaseSearch } from './use-lease-search';

type LeaseItProps = {
  on: OpenQueue;
  id: string;
  /** Visible messages known to be before it. */
  ahead: number | undefined;
  lost: Lease | undefined;
  /** Called when the search begins and when it is over. */
  onSearching?: (isSearching: boolean) => void;
};

/** Leases a message that was only peeked; says beforehand what that does to others. */
export function LeaseIt({ on, id, ahead, lost, onSearching }: LeaseItProps) {
  const { limit, seconds, isPending, progress, start, stop } = useLeaseSearch(on, {
    onFound: (result, wasCancelled) => toast(oneSearched(id, result, wasCancelled)),
    onEnd: () => onSearching?.(false),
  });
  const reason = useDenialReason(on.connectionId, on.queue)('lease');
  const [isChanging, setIsChanging] = useState(false);

  function lease() {
    onSearching?.(true);
    start([id], ahead);
  }

  if (isPending) return <Searching passed={progress.passed + progress.found} limit={limit} onCancel={stop} />;
  return (
    <form
      className="grid gap-1 bg-sunken py-2 pr-3 pl-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === undefined) lease();
      }}
    >
      {lost && <EndedNote lost={lost} />}
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          {!lost && <b className="block font-semibold">Lease it to edit, move or delete</b>}
          {reason === undefined ? (
            <p className="text-12 text-pretty text-text-2">
              Receives from the front until it is found, {limitText(limit)}, and keeps it for {spokenSpan(seconds)}.
              Others on the way are released at once. Each dequeue count rises by 1.{' '}
              {!isChanging && (
                <Button variant="link" className="min-h-0! text-12" onClick={() => setIsChanging(true)}>
                  Change the limit
                </Button>
              )}
            </p>
          ) : (
            <p className="text-12 text-pretty text-text-2">{reason}</p>
          )}
          {isChanging && <SearchLimit />}
          {isPastLimit(ahead ?? 0, limit) && (
            <b className="block text-12 font-semibold text-warn">It was at place {(ahead ?? 0) + 1}, past the limit.</b>
          )}
        </div>
        <ActionButton
          action={leasingActions.lease}
          on={on}
          type="submit"
          className="max-desk:h-11!"
          onClick={undefined}
        >
          {lost ? 'Lease it again' : 'Lease it'}
        </ActionButton>
      </div>
    </form>
  );
}

/** Says how a lease ended while its message was open. */
function EndedNote({ lost }: { lost: Lease }) {
  return (
    <p role="alert" className="flex items-center gap-2 font-semibold">
      <LockKeyholeOpen className="flex-none text-leased" />
      {endedText(lost)}
    </p>
  );
}

type SearchingProps = { passed: number; limit: number | 'all'; onCancel: () => void };

/** How far the search for a message is, which is not said: what came of it is. */
export function Searching({ passed, limit, onCancel }: SearchingProps) {
  return (
    <div className="flex items-center gap-2.5 bg-sunken py-2 pr-3 pl-4">
      <Spinner />
      <p className="flex-1">
        Looking for it: {passed} {limit === 'all' ? limitText(limit) : `of ${limitText(limit)}`}
      </p>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}
