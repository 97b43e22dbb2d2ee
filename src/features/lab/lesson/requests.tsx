import type { LabEvent } from '@/lab/film/lab-event';
import { WATCHER } from '@/lab/film/world';
import { Badge } from '@/ui/controls/badge';
import { counted } from '@/ui/format/counts';
import { type NameOf, replied, wireLine } from '../text/event-text';
import { actorName, runTime } from '../text/names';

/** Requests that are shown, the latest first. */
const MOST = 12;

/** What the actors sent and what they got: the wire beside the picture. */
export function Requests({ events, count, nameOf }: { events: readonly LabEvent[]; count: number; nameOf: NameOf }) {
  const served = events.flatMap((event) => (event.what === 'served' && event.actor !== WATCHER ? [event] : []));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <section className="cd" aria-label="Requests" tabIndex={0}>
      <div className="cd__h">
        <b className="flex-1">What was sent</b>
        <span className="text-12 text-text-3">{counted(count, 'request')}</span>
      </div>
      {served.length === 0 && <p className="text-12 text-text-3">Nobody has sent a request yet.</p>}
      <ol className="grid gap-2">
        {served
          .slice(-MOST)
          .toReversed()
          .map(({ at, actor, request, reply, number }) => {
            const { method, path } = wireLine(request);
            return (
              <li key={number} className="rounded-8 border border-line-strong bg-raised px-3 py-2">
                <div className="flex items-center gap-2">
                  <b className="font-mono text-11 text-accent">{method}</b>
                  <code className="min-w-0 flex-1 truncate font-mono text-12" title={path}>
                    {path}
                  </code>
                  <Badge tone={reply.ok ? 'accent' : 'danger'}>{reply.status}</Badge>
                </div>
                <p className="mt-0.5 text-12 text-text-3">
                  {runTime(at)} {actorName(actor)}: {replied(reply, nameOf)}
                </p>
              </li>
            );
          })}
      </ol>
    </section>
  );
}
