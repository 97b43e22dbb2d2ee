import type { LabEvent } from '@/lab/film/lab-event';
import { WATCHER } from '@/lab/film/world';
import { Badge } from '@/ui/controls/badge';
import { type NameOf, replied, wireLine } from '../text/event-text';
import { actorName, runTime } from '../text/names';

type RequestListProps = {
  events: readonly LabEvent[];
  nameOf: NameOf;
  /** Requests that are listed, the latest first. */
  most: number;
  label: string;
};

/** What actors sent and what they got, as on the wire; receipts are shortened. */
export function RequestList({ events, nameOf, most, label }: RequestListProps) {
  const served = events.filter((event) => event.what === 'served' && event.actor !== WATCHER);
  if (served.length === 0) return <p className="text-12 text-text-3">No request was sent lately.</p>;
  return (
    <ol className="rq" aria-label={label}>
      {served
        .slice(-most)
        .toReversed()
        .map((event) => {
          if (event.what !== 'served') return null;
          const { number, at, actor, request, reply } = event;
          const { method, path } = wireLine(request);
          return (
            <li key={`${at} ${number}`}>
              <span className="rq__l">
                <b>{method}</b>
                <code title={path}>{path}</code>
                <Badge tone={reply.ok ? 'accent' : 'danger'}>{reply.status}</Badge>
              </span>
              <span className="rq__w">
                {runTime(at)} {actorName(actor)}: {replied(reply, nameOf)}
              </span>
            </li>
          );
        })}
    </ol>
  );
}
