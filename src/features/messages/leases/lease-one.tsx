import { useMutation } from '@tanstack/react-query';
import { LockKeyholeOpen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ActionButton } from '@/actions/action-button';
import { failureToast } from '@/actions/failure-toast';
import { leasingActions, type OpenQueue } from '@/actions/queue-actions';
import { leaseMessages } from '@/queries/lease-messages';
import type { Lease } from '@/state/leases/leases';
import { useDenialReason } from '@/state/permissions/permissions';
import { usePreference } from '@/state/settings/preferences';
import { Button } from '@/ui/controls/button';
import { Spinner } from '@/ui/feedback/skeleton';
import { spokenSpan } from '@/ui/format/time-span';
import { toast } from '@/ui/overlay/toast-store';
import { endedText, isPastLimit, oneSearched, searchFor, secondsToWork } from './lease-search';
import { limitText, SearchLimit } from './lease-search-limit';

type LeaseItProps = {
  on: OpenQueue;
  id: string;
  /** Visible messages known to be before it. */
  ahead: number | undefined;
  lost: Lease | undefined;
  /** Told when it begins to look, and when that is over. */
  onSearching?: (isSearching: boolean) => void;
};

/** Offers to lease a message that we only looked at, and says beforehand what that does to the others. */
export function LeaseIt({ on, id, ahead, lost, onSearching }: LeaseItProps) {
  const { account, queue } = on;
  const searching = useMutation({
    ...leaseMessages(account, queue),
    // Here and not beside `mutate`, whose callbacks are lost when the found lease takes this component off the screen.
    onSuccess: (result, { signal }) => toast(oneSearched(id, result, signal?.aborted ?? false)),
    onError: (error) => failureToast('Not leased', error),
    onSettled: () => onSearching?.(false),
  });
  const usual = usePreference('receive').visibilityTimeout;
  const limit = usePreference('leaseLimit');
  const reason = useDenialReason(account.id, queue)('lease');
  const [isChanging, setIsChanging] = useState(false);
  const [passed, setPassed] = useState(0);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  function lease() {
    const control = new AbortController();
    stop.current = control;
    setPassed(0);
    onSearching?.(true);
    searching.mutate({
      ...searchFor([id], { ahead, limit, usual }),
      signal: control.signal,
      onProgress: (progress) => setPassed(progress.passed + progress.found),
    });
  }

  if (searching.isPending) return <Searching passed={passed} limit={limit} onCancel={() => stop.current?.abort()} />;
  return (
    <div className="grid gap-1 bg-sunken py-2 pr-3 pl-4">
      {lost && <EndedNote lost={lost} />}
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          {!lost && <b className="block font-semibold">Lease it to edit or delete</b>}
          {reason === undefined ? (
            <p className="text-12 text-pretty text-text-2">
              Receives from the front until it is found, {limitText(limit)}, and keeps it for{' '}
              {spokenSpan(secondsToWork(usual))}. Others on the way are released at once. Each dequeue count rises by 1.{' '}
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
        <ActionButton action={leasingActions.lease} on={on} className="max-desk:h-11!" onClick={lease}>
          {lost ? 'Lease it again' : 'Lease it'}
        </ActionButton>
      </div>
    </div>
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

function Searching({ passed, limit, onCancel }: SearchingProps) {
  return (
    <div className="flex items-center gap-2.5 bg-sunken py-2 pr-3 pl-4">
      <Spinner />
      <p role="status" className="flex-1">
        Looking for it: {passed} {limit === 'all' ? limitText(limit) : `of ${limitText(limit)}`}
      </p>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}
