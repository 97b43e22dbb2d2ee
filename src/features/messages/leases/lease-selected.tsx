import { useId, useState } from 'react';
import { ActionButton } from '@/actions/action-button';
import { leasingActions, type OpenQueue } from '@/actions/queue-actions';
import { isFree } from '@/actions/taken';
import type { MessageRow } from '@/messages/message-rows';
import { useDenialReason } from '@/state/permissions/permissions';
import { Bar } from '@/ui/controls/bar';
import { Button } from '@/ui/controls/button';
import { toast } from '@/ui/overlay/toast-store';
import { count, counted, plural } from '@/words/counts';
import { spokenSpan } from '@/words/spans';
import { isPastLimit, someSearched } from './lease-search';
import { limitText, SearchLimit } from './lease-search-limit';
import { useLeaseSearch } from './use-lease-search';

type LeaseSelectedProps = { on: OpenQueue; rows: readonly MessageRow[]; onClose: () => void };

/** Leases the selected messages that are not leased; says beforehand what that does to others. */
export function LeaseSelected({ on, rows: selected, onClose }: LeaseSelectedProps) {
  const rows = selected.filter(isFree);
  // Messages that are found leave `rows`, so their number at the start is kept.
  const [asked, setAsked] = useState(0);
  const noteId = useId();
  const reason = useDenialReason(on.connectionId, on.queue)('lease');
  const { limit, seconds, isPending, progress, start, stop } = useLeaseSearch(on, {
    onFound: (result, wasCancelled) => {
      toast(someSearched(result, wasCancelled));
      onClose();
    },
  });
  const farthest = rows.reduce((most, { ahead }) => Math.max(most, ahead), 0);

  function lease() {
    setAsked(rows.length);
    start(
      rows.map(({ id }) => id),
      farthest,
    );
  }

  if (isPending) {
    return (
      <section
        aria-label="Lease selected"
        data-whole=""
        className="flex flex-none items-center gap-3 bg-leased-tint py-2 pr-3 pl-4"
      >
        <div className="min-w-0 flex-1">
          <p>
            <b className="font-semibold">Looking for {counted(asked, 'message')}</b>{' '}
            <span className="text-12 text-text-2">
              {count(progress.found)} found, {counted(progress.passed, 'other')} passed, {limitText(limit)}
            </span>
          </p>
          <Bar
            label="Search progress"
            tone="leased"
            value={progress.found / Math.max(1, asked)}
            className="mt-1.5 w-full"
          />
        </div>
        <Button title="Keeps what was found and releases the others" onClick={stop}>
          Cancel
        </Button>
      </section>
    );
  }
  if (rows.length === 0) return null;
  return (
    <section aria-label="Lease selected" data-whole="" className="flex-none bg-sunken">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason === undefined) lease();
        }}
        className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2 pr-3 pl-4 max-desk:px-3"
      >
        <p id={noteId} className="min-w-60 flex-1 text-12 text-pretty text-text-2">
          Receives from the front until {rows.length === 1 ? 'it is' : `all ${count(rows.length)} are`} found and keeps{' '}
          {plural(rows.length, 'it', 'them')} for {spokenSpan(seconds)}. Others on the way are released at the end. Each
          dequeue count rises by 1.
          {isPastLimit(farthest, limit) && (
            <b className="block font-semibold text-warn">
              The last of them was at place {count(farthest + 1)}, past the limit.
            </b>
          )}
        </p>
        <SearchLimit />
        <ActionButton
          action={leasingActions.lease}
          on={on}
          type="submit"
          variant="primary"
          aria-describedby={noteId}
          onClick={undefined}
        >
          Lease {count(rows.length)}
        </ActionButton>
        <Button onClick={onClose}>Close</Button>
      </form>
    </section>
  );
}
