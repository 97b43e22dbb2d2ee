import type { MessageSubject } from '@/actions/message-actions';
import { useNetworkLoss } from '@/state/activity/network';
import { waitingText } from '@/state/activity/page-network';
import { useUnsavedReceipts } from '@/state/leases/receipt-session-storage';
import { type Browse, hiddenBy, useBrowse } from '@/state/messages/queue-browses';
import type { Mode } from '@/state/navigation/route';
import { Bar } from '@/ui/controls/bar';
import { Button } from '@/ui/controls/button';
import { count, counted, tenths } from '@/words/counts';
import { clockTime, duration } from '@/words/times';
import { BrowseBar } from './browse-bar';
import { BrowseResult } from './browse-result';
import { KeepChoice } from './keep-choice';

/** The form, the progress or the result of a browse. One that runs or left messages hidden shows in every mode. */
export function BrowsePanel({ mode, on }: { mode: Mode; on: MessageSubject }) {
  const browse = useBrowse(on.connectionId, on.queue);
  if (!browse) return mode === 'browse' && <BrowseBar on={on} />;
  if (browse.phase === 'ended' && mode !== 'browse' && hiddenBy(browse).length === 0) return null;
  return browse.phase === 'ended' ? <BrowseResult on={on} browse={browse} /> : <BrowseProgress browse={browse} />;
}

/** The progress of a browse: messages leased, then messages returned. */
function BrowseProgress({ browse }: { browse: Browse }) {
  const { phase, expected, rate, report, queue, held, keep } = browse;
  const unsaved = useUnsavedReceipts();
  const loss = useNetworkLoss(browse.connectionId);
  const isLeasing = phase === 'leasing';
  // The expected count is approximate, and more may come.
  const total = isLeasing ? expected && Math.max(expected, report.received) : report.received;
  const done = isLeasing ? report.received : report.returned;
  const left = total === undefined || rate === 0 ? undefined : ((total - done) / rate) * 1000;
  const pace = [
    rate > 0 && `${rate < 10 ? tenths(rate) : count(Math.round(rate))}/s`,
    left !== undefined && left >= 1000 && `${duration(left)} left`,
  ].filter(Boolean);
  return (
    <section
      aria-label="Browse all"
      data-mode-bar=""
      data-urgent=""
      className="flex-none border-t border-line bg-leased-tint py-2 pr-3 pl-4"
    >
      <div className="flex min-w-0 flex-1 items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="folded:truncate">
            <b className="font-semibold">
              {isLeasing ? `Browsing ${queue}` : `Returning ${counted(report.received, 'message')}`}
            </b>{' '}
            <span className="whitespace-nowrap">
              {count(done)}
              {total !== undefined && ` / ${isLeasing ? 'about ' : ''}${count(total)}`}
            </span>{' '}
            <span className="text-12 whitespace-nowrap text-text-2">
              {loss === undefined ? pace.join(', ') : waitingText(loss)}
            </span>
          </p>
          <Bar
            label={isLeasing ? 'Browse progress' : 'Return progress'}
            tone="leased"
            value={total === undefined ? 0 : done / Math.max(1, total)}
            className="mt-1.5 w-full"
          />
        </div>
        {!isLeasing && !keep && (
          <Button
            title="Stops returning: what is leased still stays in hand for what you do next"
            onClick={() => browse.setKeep(true)}
          >
            Keep the rest
          </Button>
        )}
        {isLeasing && (
          <Button title="Stops here and returns every message it holds" onClick={browse.stop}>
            Cancel
          </Button>
        )}
      </div>
      {isLeasing && (
        <div className="mt-2 max-w-140 folded:hidden">
          <KeepChoice legend="At the end" isKept={keep} onChange={browse.setKeep} />
        </div>
      )}
      <p className="mt-1 text-12 text-text-2 folded:hidden">
        {isLeasing && keep
          ? 'Hidden from every consumer, and in hand for what you do next. Cancel returns them. After a reload this tab can still return them; closed, it leaves them hidden until their leases end.'
          : isLeasing
            ? 'Hidden from every consumer until they are returned. After a reload this tab can still return them; closed, it leaves them hidden until their leases end.'
            : report.ended === 'aborted'
              ? 'Cancelled. They become visible again one by one.'
              : keep
                ? 'Those that are left stay in hand.'
                : 'They become visible again one by one.'}
        {unsaved > 0 && isLeasing && (
          <b className="font-semibold text-danger">
            {' '}
            The browser has no room for the receipts of {count(unsaved)} of them: a reload would leave those hidden.
          </b>
        )}
      </p>
      {held && held.messages > 0 && (
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-text-2 folded:hidden">
          <Button size="sm" onClick={browse.abandon}>
            Stop returning
          </Button>
          <span>
            Leaves {count(held.messages)} hidden until {clockTime(held.until)} at the latest.
          </span>
        </div>
      )}
    </section>
  );
}
