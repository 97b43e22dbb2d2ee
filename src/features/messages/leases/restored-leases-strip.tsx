import { EyeOff, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { ActionButton } from '@/actions/action-button';
import { leasingActions, type OpenQueue } from '@/actions/queue-actions';
import { releaseRestored } from '@/actions/release-restored';
import type { StoredLease } from '@/messages/stored-leases';
import { concerns, useInterruptedJobs } from '@/state/journal/interrupted-store';
import { abandonLeases, dropCutOff } from '@/state/leases/lease-persistence';
import { useCutOffReceives, useEarlierLeases } from '@/state/leases/restored-leases';
import type { CutOffReceive } from '@/state/leases/running-receives';
import { hiddenBy, useBrowse } from '@/state/messages/queue-browses';
import { queueRoute, routeHref } from '@/state/navigation/route';
import { useNowAs } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { count, counted, plural } from '@/words/counts';
import { clockTime } from '@/words/times';
import { cutOffHere, doubts, earlierHere, lastEnd, stillLeased } from './restored-leases-text';

/** Leases of this tab from before a reload or of ended work, which their receipts can still release. */
export function RestoredLeasesStrip({ on }: { on: OpenQueue }) {
  const earlier = useEarlierLeases();
  const receives = useCutOffReceives();
  // Where nothing is told, nothing is drawn anew each second.
  const now = useNowAs((at) => (earlier.length + receives.length === 0 ? 0 : at));
  const browse = useBrowse(on.connectionId, on.queue);
  // The result of a browse lists what it left hidden, while it is shown.
  // The strip of a job that was cut off tells of its own.
  const stopped = useInterruptedJobs().filter((job) => job.head.kind !== 'browse' && concerns(job, on));
  const told = new Set(browse?.phase === 'ended' ? hiddenBy(browse).map(({ id }) => id) : []);
  for (const { replayed } of stopped) for (const id of replayed.items.keys()) told.add(id);
  const looked = { connectionId: on.connectionId, queue: on.queue, now, told };
  const { all, own } = earlierHere(earlier, looked);
  const cutOff = cutOffHere(receives, looked);
  return (
    <>
      {own.length > 0 ? (
        <Receipts on={on} own={own} all={all} />
      ) : (
        all.length > 0 && (
          <Strip
            tone="leased"
            icon={<LockKeyhole />}
            title={`This tab still holds leases in ${counted(new Set(all.map(({ queue }) => queue)).size, 'other queue')}`}
            className="flex-wrap border-t border-line"
          >
            <Elsewhere on={on} all={all} />.
          </Strip>
        )
      )}
      {cutOff.length > 0 && <CutOff on={on} cutOff={cutOff} />}
    </>
  );
}

type ReceiptsProps = { on: OpenQueue; own: readonly StoredLease[]; all: readonly StoredLease[] };

function Receipts({ on, own, all }: ReceiptsProps) {
  const [releasing, setReleasing] = useState<{ control: AbortController; of: number; released: number }>();
  const [reasons, setReasons] = useState<readonly string[]>([]);
  const total = own.length;
  // What is released is said by a toast, and the end of each lease changes the number.
  const [atFirst] = useState(total);
  const latest = lastEnd(own);

  async function release() {
    const control = new AbortController();
    setReleasing({ control, of: total, released: 0 });
    setReasons([]);
    let drawn = performance.now();
    const left = await releaseRestored(on, own, {
      signal: control.signal,
      onProgress(released) {
        if (performance.now() - drawn < DRAW_EVERY_MS) return;
        drawn = performance.now();
        setReleasing({ control, of: total, released });
      },
    });
    setReasons(left);
    setReleasing(undefined);
  }

  return (
    <Strip
      tone="leased"
      isTold={releasing !== undefined || total !== atFirst}
      icon={<LockKeyhole />}
      title={stillLeased(own, clockTime(latest))}
      className="flex-wrap border-t border-line"
      action={
        releasing ? (
          <>
            <span>
              Released {count(releasing.released)} of {count(releasing.of)}
            </span>
            <Button title="Those not released yet stay hidden until then" onClick={() => releasing.control.abort()}>
              Stop releasing
            </Button>
          </>
        ) : (
          <>
            <ActionButton action={leasingActions.release} on={on} onClick={() => void release()}>
              {plural(total, 'Release it', 'Release them')}
            </ActionButton>
            <Button title="Visible again when the lease ends" onClick={() => abandonLeases(own)}>
              Keep
            </Button>
          </>
        )
      }
    >
      {reasons.length > 0 && (
        <p role="alert" className="text-danger">
          Not released: {reasons.slice(0, 2).join(' ')}
        </p>
      )}
      {`Leased before a reload, or left by a job or a browse. You can release ${plural(total, 'it', 'them')}. ${doubts(own)}`}
      {all.length > total && (
        <>
          More in <Elsewhere on={on} all={all} />.
        </>
      )}
    </Strip>
  );
}

/** Between two updates of the progress. */
const DRAW_EVERY_MS = 200;

/** The other queues with leases of this tab, and how many. */
function Elsewhere({ on, all }: { on: OpenQueue; all: readonly StoredLease[] }) {
  const others = Map.groupBy(
    all.filter(({ queue }) => queue !== on.queue),
    ({ queue }) => queue,
  );
  return [...others].map(([queue, leases], index) => (
    <span key={queue} data-inline="">
      {index > 0 && ', '}
      <a className="text-accent underline" href={routeHref(queueRoute(on.connectionId, queue))}>
        {queue}
      </a>{' '}
      ({count(leases.length)})
    </span>
  ));
}

/** Receives whose answer never came: there are no receipts to release their messages by. */
function CutOff({ on, cutOff }: { on: OpenQueue; cutOff: readonly CutOffReceive[] }) {
  const most = cutOff.reduce((sum, { messages }) => sum + messages, 0);
  const latest = cutOff.reduce((last, { until }) => Math.max(last, until), 0);
  return (
    <Strip
      tone="warn"
      icon={<EyeOff />}
      title={`Up to ${counted(most, 'more message')} may be hidden until ${clockTime(latest)}`}
      className="flex-wrap border-t border-line"
      action={<Button onClick={() => dropCutOff({ connectionId: on.connectionId, queue: on.queue })}>Dismiss</Button>}
    >
      {cutOff.length === 1 ? 'A receive was' : `${counted(cutOff.length, 'receive')} were`} cut off when the page was
      loaded anew. Messages leased by {plural(cutOff.length, 'it', 'them')} cannot be released. They become visible when
      the lease ends.
    </Strip>
  );
}
