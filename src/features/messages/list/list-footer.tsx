import { Info } from 'lucide-react';
import { ActionButton } from '@/actions/action-button';
import { readActions } from '@/actions/queue-actions';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import { type Browse, closeBrowse, hiddenBy } from '@/state/messages/queue-browses';
import type { Mode } from '@/state/navigation/route';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { Button } from '@/ui/controls/button';
import { NumberInput } from '@/ui/controls/field';
import { count, counted, plural } from '@/words/counts';
import { clockTime } from '@/words/times';
import { useRows } from '../rows/use-queue-rows';
import { useSearchResults } from '../rows/use-search';

/** Says how the rows were read and what that did to the queue; in Peek mode, how many to read. */
export function GridFoot({ mode }: { mode: Mode }) {
  const peekCount = usePreference('peekCount');
  const { connectionId, queue, peek, browsed, all, approximate = 0, own, isAsOthers, setAsOthers } = useRows();
  if (!peek.data) return null;
  return (
    <footer className="flex min-h-8 flex-none items-center gap-3 border-t border-line bg-surface px-4 text-12 text-text-3 max-desk:px-3">
      <p className="flex min-w-0 flex-1 items-center gap-1.5">
        <Info className="size-3.5 flex-none" />
        <span className="truncate max-desk:whitespace-normal">
          <Sentence mode={mode} />
        </span>
      </p>
      {own > 0 && (
        <Button
          variant="link"
          className="text-12"
          title="What another consumer's peek shows: without what you have leased"
          onClick={() => setAsOthers(!isAsOthers)}
        >
          {isAsOthers ? 'Show your leases again' : 'As another consumer sees it'}
        </Button>
      )}
      {browsed?.phase === 'ended' && approximate > Math.max(all.length, browsed.listed) && (
        <Button variant="link" className="text-12" onClick={() => closeBrowse(connectionId, queue)}>
          Load them
        </Button>
      )}
      {mode === 'peek' && approximate > all.length && (
        <ActionButton
          action={readActions.browse}
          on={{ connectionId, queue }}
          variant="link"
          className="text-12"
          title={undefined}
        >
          Browse all {count(approximate)}
        </ActionButton>
      )}
      {mode === 'peek' && (
        <span className="flex flex-none items-center gap-2">
          <span aria-hidden="true" className="max-desk:hidden">
            Messages to peek
          </span>
          <span aria-hidden="true" className="desk:hidden">
            Peek
          </span>
          <NumberInput
            aria-label="Messages to peek"
            className="w-13 [&>span]:h-6"
            min={1}
            max={MOST_MESSAGES}
            value={peekCount}
            onChange={(value) => setPreference('peekCount', Math.round(value))}
            onEnter={() => void peek.refetch()}
          />
        </span>
      )}
    </footer>
  );
}

const stillHeld = ({ report: { received, returned, gone, lost } }: Browse) =>
  Math.max(0, received - returned - gone - lost.length);

function leasedStill(browsed: Browse) {
  const hidden = hiddenBy(browsed).length;
  if (hidden > 0) return `, ${count(hidden)} still hidden`;
  return browsed.kept > 0 ? '' : ', not leased any more';
}

/** What is in the queue and was not browsed: it came since, unless the browse was not to go to the end. */
function notLoaded({ report: { ended } }: Browse, number: number): string {
  if (number <= 0 || (ended !== 'empty' && ended !== 'cap')) return '';
  return `; ≈ ${count(number)} ${ended === 'empty' ? 'came since and ' : ''}${plural(number, 'is', 'are')} not loaded`;
}

function Sentence({ mode }: { mode: Mode }) {
  const peekCount = usePreference('peekCount');
  const { peek, browsed, all, own, isAsOthers, approximate = 0 } = useRows();
  const { shown } = useSearchResults();
  const leased = all.filter(({ lease }) => lease).length;
  if (browsed) {
    // Leased rows that the browse did not see are not counted, nor messages that have left the queue.
    const listed = all.filter(({ id }) => browsed.rows.has(id)).length;
    const left = browsed.listed - listed;
    return (
      <>
        {shown.length < all.length && `Showing ${count(shown.length)} of ${count(all.length)}. `}
        {browsed.phase === 'ended'
          ? `${counted(browsed.listed, 'message')} seen at ${clockTime(browsed.at)}${leasedStill(browsed)}${left > 0 ? `; ${count(left)} left the queue since then` : ''}${notLoaded(browsed, approximate - (left > 0 ? browsed.listed : all.length))}.`
          : browsed.phase === 'returning'
            ? `${counted(browsed.listed, 'message')} seen, ${count(stillHeld(browsed))} still hidden.`
            : `${counted(browsed.listed, 'message')} so far, hidden from every consumer.`}
      </>
    );
  }
  if (peek.error) return `${counted(all.length, 'message')} as of ${clockTime(peek.data?.at ?? peek.dataUpdatedAt)}.`;
  return (
    <>
      {shown.length < all.length && `Showing ${count(shown.length)} of ${count(all.length)}. `}
      {mode === 'receive'
        ? 'Rows without a lease are only peeked'
        : mode === 'browse'
          ? 'Browse all has not run yet: these rows are peeked'
          : `Peek shows the first ${peekCount}`}
      <span className="max-desk:hidden">{mode === 'peek' ? ' and changes nothing' : ', which changes nothing'}</span>.
      {isAsOthers &&
        ` ${counted(own, 'message')} that you have leased ${plural(own, 'is', 'are')} hidden from everyone else.`}
      {leased > 0 &&
        ` Your ${counted(leased, 'lease')} ${plural(leased, 'stays', 'stay')} on top. Leases run on when this tab closes.`}
    </>
  );
}
