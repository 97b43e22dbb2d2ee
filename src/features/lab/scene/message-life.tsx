import type { LabEvent } from '@/lab/film/lab-event';
import type { WorldMessage } from '@/lab/film/world';
import { Dialog } from '@/ui/overlay/dialog';
import { asked, type NameOf, replied, wireLine } from '../text/event-text';
import { actorName, queueName, runTime } from '../text/names';

type LifeProps = {
  id: string;
  message: WorldMessage | undefined;
  /** Up to now. */
  events: readonly LabEvent[];
  nameOf: NameOf;
  onClose: () => void;
};

/** The life of one message: each request that was about it, with what came of it. */
export function MessageLife({ id, message, events, nameOf, onClose }: LifeProps) {
  const lines = events.flatMap((event): { key: number; at: number; who: string; what: string; wire?: string }[] => {
    if ((event.what === 'visible' || event.what === 'expired') && event.id === id) {
      const what = event.what === 'visible' ? 'Visible by itself: nobody sent a request' : 'Expired';
      return [{ key: event.number, at: event.at, who: 'Queue', what }];
    }
    if (event.what !== 'served' || event.request.op === 'peek') return [];
    const { request, reply, actor } = event;
    const isAbout =
      ('id' in request && request.id === id) || (reply.ok && (reply.messages ?? []).some((one) => one.id === id));
    if (!isAbout) return [];
    const { method, path } = wireLine(request);
    return [
      {
        key: event.number,
        at: event.at,
        who: actorName(actor),
        what: `${asked(request, nameOf)}: ${replied(reply, nameOf)}`,
        wire: `${method} ${path}`,
      },
    ];
  });
  return (
    <Dialog
      title={`The life of ${nameOf(id)}`}
      subtitle={message ? queueName(message.queue) : 'no longer there'}
      onClose={onClose}
      size="md"
      textOnly
    >
      <ol className="grid gap-2">
        {lines.map(({ key, at, who, what, wire }) => (
          <li key={key} className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-3">
            <span className="font-mono text-12 text-text-3">{runTime(at)}</span>
            <span>
              <b className="font-semibold">{who}</b> {what}
              {wire !== undefined && <code className="block font-mono text-11 break-all text-text-3">{wire}</code>}
            </span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
