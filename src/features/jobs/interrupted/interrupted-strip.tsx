import { useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { interruptedName } from '@/actions/interrupted-name';
import { releaseInterrupted } from '@/actions/release-interrupted';
import { accountFor } from '@/queries/use-account';
import { useConnections } from '@/state/connections/connections';
import { forgetJob, standingAt } from '@/state/journal/interrupted-jobs';
import type { InterruptedJob } from '@/state/journal/interrupted-store';
import { openDialog } from '@/state/navigation/open-dialog';
import { useNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { count } from '@/words/counts';
import { continueInterrupted, continueReason } from '../begin/continue-interrupted';
import { closeText, releasableNumber, standingParts, stoppedText, whyNotContinued } from './interrupted-text';

/** Between two updates of the progress. */
const DRAW_EVERY_MS = 200;

/** Leaves out calls that follow one another too fast to be drawn. */
function nowAndThen(draw: (released: number) => void): (released: number) => void {
  let drawn = performance.now();
  return (released) => {
    if (performance.now() - drawn < DRAW_EVERY_MS) return;
    drawn = performance.now();
    draw(released);
  };
}

/** Where a job stands that was cut off, and what can be done about it. */
export default function InterruptedStrip({ job, queue }: { job: InterruptedJob; queue: string }) {
  const now = useNow();
  useConnections();
  const client = useQueryClient();
  const [releasing, setReleasing] = useState<{ control: AbortController; released: number; of: number }>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const { id, head, journal } = job;
  const standing = standingAt(job, now);
  const toRelease = releasableNumber(standing);
  const unable = whyNotContinued(head);
  const { left } = standing;

  async function goOn() {
    setBusy(true);
    setProblem(await continueInterrupted(client, id));
    setBusy(false);
  }

  async function release() {
    const account = accountFor(head.from.connectionId);
    if (!account) return;
    const control = new AbortController();
    const of = toRelease;
    setReleasing({ control, released: 0, of });
    setProblem(undefined);
    const reasons = await releaseInterrupted({ client, account, queue }, id, {
      signal: control.signal,
      onProgress: nowAndThen((released) => setReleasing({ control, released, of })),
    });
    setReleasing(undefined);
    if (reasons.length > 0) setProblem(`Not released: ${reasons.slice(0, 2).join(' ')}`);
  }

  return (
    <section
      aria-label={`Interrupted job: ${interruptedName(head)}`}
      data-urgent=""
      className="flex flex-none items-start gap-2.5 bg-warn-tint py-2.5 pr-3 pl-4 max-desk:flex-wrap max-desk:px-3 forced-colors:border-b"
    >
      <TriangleAlert className="mt-0.5 size-4 flex-none text-warn" />
      <div className="min-w-0 flex-1">
        <b className="block font-semibold text-balance folded:truncate">
          {stoppedText(head, standing, journal.writtenAt)}
        </b>
        <ul className="flex folded:hidden flex-wrap gap-x-3.5 text-12 leading-4.5 text-text-2">
          {standingParts(head, standing).map(({ number, text, opens }) => (
            <li key={text}>
              {opens ? (
                <button
                  type="button"
                  aria-haspopup="dialog"
                  onClick={() => openDialog({ kind: 'doubtfulItems', job: id })}
                  className="text-text underline decoration-warn underline-offset-3"
                >
                  <b className="font-semibold">{count(number)}</b> {text}
                </button>
              ) : (
                <>
                  <b className="font-semibold text-text">{count(number)}</b> {text}
                </>
              )}
            </li>
          ))}
        </ul>
        {unable && <p className="folded:hidden text-12 text-pretty text-text-2">{unable}</p>}
        {problem !== undefined && (
          <p role="alert" className="text-12 text-pretty text-danger">
            {problem}
          </p>
        )}
      </div>
      <span
        data-actions=""
        className="flex flex-none items-center gap-1.5 self-center max-desk:w-full max-desk:[&>*]:h-11 max-desk:[&>*]:flex-1"
      >
        {releasing ? (
          <>
            <span className="text-12">
              Released {count(releasing.released)} of {count(releasing.of)}
            </span>
            <Button onClick={() => releasing.control.abort()}>Stop releasing</Button>
          </>
        ) : (
          <>
            {!unable && left !== 0 && (
              <Button
                variant="primary"
                disabled={isBusy}
                reason={continueReason(head)}
                title={continueTitle(standing.twice.length)}
                onClick={() => void goOn()}
              >
                {left === undefined ? 'Continue' : `Continue with ${count(left)}`}
              </Button>
            )}
            {toRelease > 0 && <Button onClick={() => void release()}>Release {count(toRelease)}</Button>}
            <Button variant="ghost" title={closeText(standing)} onClick={() => void forgetJob(id)}>
              Close
            </Button>
          </>
        )}
      </span>
    </section>
  );
}

const continueTitle = (twice: number): string | undefined =>
  twice === 0
    ? undefined
    : 'Of those that may be there twice, the ones with a certain copy are only deleted here; the others are copied again';
