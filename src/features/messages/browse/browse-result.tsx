import { Check, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { ActionButton } from '@/actions/action-button';
import type { MessageSubject } from '@/actions/message-actions';
import { leasingActions, type OpenQueue } from '@/actions/queue-actions';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { NotReturned } from '@/bulk/leasing/leasing-report';
import { isQueueGone } from '@/bulk/requests/outcome';
import { type Browse, closeBrowse, hiddenBy, returnableBy } from '@/state/messages/queue-browses';
import { useQueueRecords } from '@/state/messages/records';
import { viewRequestOf } from '@/state/navigation/view-request';
import { useNowAs } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { count, counted, plural } from '@/words/counts';
import { clockTime } from '@/words/times';
import { begunText, keptText, returnAgain } from './browse-queue';
import { WorkingSet } from './working-set';

type BrowseResultProps = { on: MessageSubject; browse: Browse };

/** The result of a browse, and what it left hidden. */
export function BrowseResult({ on, browse }: BrowseResultProps) {
  const { report, failure, kept } = browse;
  const wasDeleted = isQueueGone(failure);
  // Draws anew until each of them is visible again.
  useNowAs(() => hiddenBy(browse).length);
  useQueueRecords(browse.connectionId, browse.queue);
  const hidden = hiddenBy(browse);
  // One that was stopped, or has returned a part, says so beside what is in hand.
  const isPart = (report.ended !== 'empty' && report.ended !== 'cap') || report.returned > 0;
  const isWell = failure === undefined && report.notReturned.length === 0 && report.maybeHidden.length === 0;
  return (
    <>
      {hidden.length > 0 && <Rest on={on} notReturned={hidden} />}
      {kept > 0 && <WorkingSet on={on} browse={browse} />}
      {(kept === 0 || !isWell || isPart) && (
        <Strip
          tone={isWell ? 'info' : 'warn'}
          // Its end is announced, on whatever screen one is.
          role="group"
          icon={isWell ? <Check /> : <TriangleAlert />}
          title={browsedTitle(browse, wasDeleted)}
          className="flex-wrap border-t border-line"
          action={
            <>
              {failure !== undefined && <ViewRequest onView={viewRequestOf(failure)} />}
              {kept === 0 && returnableBy(browse).length === 0 && (
                <Button onClick={() => closeBrowse(browse.connectionId, browse.queue)}>Browse again</Button>
              )}
            </>
          }
        >
          <Details browse={browse} wasDeleted={wasDeleted} />
        </Strip>
      )}
    </>
  );
}

/** How a browse ended, and what it has left. */
export function browsedTitle({ report, kept, queue }: Pick<Browse, 'report' | 'kept' | 'queue'>, wasDeleted: boolean) {
  const seen = counted(report.received, 'message');
  if (wasDeleted) return `${queue} was deleted after ${seen}`;
  const begun = begunText(report.ended);
  if (kept > 0) return `${begun} ${seen}, ${keptText(report.returned, kept)}`;
  const isAll = report.returned === report.received;
  return `${begun} ${seen}, ${isAll ? 'all' : count(report.returned)} returned`;
}

function Details({ browse: { report, kept, failure }, wasDeleted }: { browse: Browse; wasDeleted: boolean }) {
  const maybe = report.maybeHidden.reduce((sum, { messages }) => sum + messages, 0);
  const latest = Math.max(...report.maybeHidden.map(({ until }) => until.getTime()));
  const { reason, code } = failure === undefined ? {} : describeError(failure);
  return (
    <>
      {reason && !wasDeleted && (
        <p>
          {reason} {code && <span className="font-mono">{code}</span>}
        </p>
      )}
      {wasDeleted ? (
        <p>What it held is gone with the queue.</p>
      ) : (
        <p>
          {report.received > 0 && 'Their dequeue counts went up by 1. '}
          {kept > 0 && report.returned > 0 && 'Rows with a lease are in hand; the others are visible again. '}
          {kept > 0 && 'What you do next uses the leases, without receiving again. '}
          {kept === 0 && report.received > 0 && report.notReturned.length === 0 && 'It left none of them leased.'}
        </p>
      )}
      {report.lost.length > 0 && (
        <p>
          {counted(report.lost.length, 'lease')} ended first: other consumers received those messages, or they are gone.
        </p>
      )}
      {report.gone > 0 && <p>{counted(report.gone, 'message')} expired meanwhile.</p>}
      {maybe > 0 && (
        <p>
          {report.maybeHidden.length === 1 ? 'A receive' : counted(report.maybeHidden.length, 'receive')} got no answer
          that could be read: up to {counted(maybe, 'more message')} may be hidden until {clockTime(latest)}.
        </p>
      )}
    </>
  );
}

/** The messages that the browse left hidden. */
function Rest({ on, notReturned }: { on: OpenQueue; notReturned: readonly NotReturned[] }) {
  const [trying, setTrying] = useState<AbortController>();
  // Each message that becomes visible again changes the number, and what another try gives is announced.
  const [atFirst] = useState(notReturned.length);
  const [isTried, setTried] = useState(false);
  const latest = Math.max(...notReturned.map(({ until }) => until.getTime()));
  const canReturn = notReturned.some(({ receipt }) => receipt !== undefined);
  const reasons = [...new Set(notReturned.map(({ reason }) => reason))];
  async function tryAgain() {
    const control = new AbortController();
    setTrying(control);
    setTried(true);
    await returnAgain(on, control.signal);
    setTrying(undefined);
  }
  return (
    <Strip
      tone="danger"
      role="alert"
      isTold={isTried || notReturned.length !== atFirst}
      icon={<TriangleAlert />}
      title={`${counted(notReturned.length, 'message')} could not be returned`}
      className="flex-wrap border-t border-line"
      action={
        canReturn && (
          <>
            {trying && <Button onClick={() => trying.abort()}>Stop returning</Button>}
            <ActionButton
              action={leasingActions.release}
              on={on}
              disabled={trying !== undefined}
              onClick={() => void tryAgain()}
            >
              Return them
            </ActionButton>
          </>
        )
      }
    >
      {plural(notReturned.length, 'It stays', 'They stay')} hidden until {clockTime(latest)} at the latest.{' '}
      {reasons.slice(0, 2).join(' ')}
    </Strip>
  );
}
