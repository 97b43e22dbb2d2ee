import { User } from 'lucide-react';
import type { LabEvent } from '@/lab/film/lab-event';
import type { World } from '@/lab/film/world';
import type { Act } from '@/lab/run/run';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { asked, type NameOf, replied } from '../text/event-text';
import { orderName, runTime } from '../text/names';

type HandProps = {
  world: World;
  now: number;
  /** The recent past. */
  events: readonly LabEvent[];
  nameOf: NameOf;
  act: (act: Act) => void;
};

/** The person as one of those who receive: what they hold, what they can do, and what they were told last. */
export function HandCard({ world, now, events, nameOf, act }: HandProps) {
  const [first, ...others] = world.actors['you']?.holds ?? [];
  const message = first === undefined ? undefined : world.messages[first];
  const isMine = message?.by === 'you' && !message.isVisible;
  const empty = first === undefined ? 'You hold no message: receive one first' : undefined;
  const last = events.findLast((event) => event.what === 'answered' && event.actor === 'you');
  return (
    <section className="wk hand" aria-label="Your hand" data-stop="actor you">
      <div className="wk__h">
        <User size={16} aria-hidden="true" className="i" />
        <b className="min-w-0 flex-1 truncate">You</b>
        <Badge tone={isMine ? 'leased' : 'neutral'}>
          {first === undefined ? 'Empty hands' : `Holding ${others.length + 1}`}
        </Badge>
      </div>
      <div className="wk__d">
        <span>
          {first === undefined
            ? 'You can receive as the workers do'
            : `${message ? orderName(message.order) : nameOf(first)}${others.length > 0 ? ` and ${others.length} more` : ''}, ${
                isMine ? `leased until ${runTime(message.visibleAt)}` : message ? 'its lease is over' : 'it is gone'
              }`}
        </span>
      </div>
      <div className="hand__b">
        {DEEDS.map(({ what, label, key, needs }) => (
          <Button
            key={what}
            size="sm"
            aria-keyshortcuts={key}
            title={`${label} (${key})`}
            reason={needs ? empty : undefined}
            onClick={() => act({ act: what })}
          >
            {label}
          </Button>
        ))}
      </div>
      {last?.what === 'answered' && last.at > now - TOLD_MS && (
        <p className="hand__a">
          {asked(last.request, nameOf)}: {replied(last.reply, nameOf)}
        </p>
      )}
    </section>
  );
}

/** What the person can do; `needs`: a message in hand. */
const DEEDS = [
  { what: 'receive', label: 'Receive', key: 'R', needs: false },
  { what: 'peek', label: 'Peek', key: 'K', needs: false },
  { what: 'extend', label: 'Extend', key: 'X', needs: true },
  { what: 'delete', label: 'Delete', key: 'D', needs: true },
] as const;

/** Ms of the run for which the last answer is shown. */
const TOLD_MS = 20_000;
