import { Bot, Cog, Moon, User, Zap } from 'lucide-react';
import type { View } from '@/lab/actors/actor';
import type { World } from '@/lab/film/world';
import { Badge } from '@/ui/controls/badge';
import { cx } from '@/ui/format/cx';
import { workersOf } from '../play/workers-of';
import { actorName, orderName } from '../text/names';

const PHASES: Record<View['phase'], string> = {
  idle: 'Idle',
  asking: 'Asking',
  working: 'Working',
  deleting: 'Deleting',
  moving: 'Moving',
  crashed: 'Crashed',
  gone: 'Left',
};

export type WorkersProps = {
  world: World;
  now: number;
  subject: string | undefined;
  onCrash: (worker: number) => void;
  /** False while a question is open. */
  canAct: boolean;
};

/** The workers that are there, and the person with what they hold. */
export function Workers({ world, now, subject, onCrash, canAct }: WorkersProps) {
  const workers = workersOf(world);
  return (
    <ul className="wks" aria-label="Workers">
      {workers.map(([name, view]) => {
        const number = Number(name.split(' ')[1]);
        const isOff = view.phase === 'crashed' || view.phase === 'idle';
        return (
          <li
            key={name}
            data-stop={`actor ${name}`}
            className={cx(
              'wk',
              view.phase === 'crashed' && 'wk--crashed',
              view.phase === 'idle' && 'wk--idle',
              name === subject && 'is-subject',
            )}
          >
            <div className="wk__h">
              <Bot size={16} aria-hidden="true" className="i" />
              <b className="min-w-0 flex-1 truncate">{actorName(name)}</b>
              <Phase phase={view.phase} />
              {!isOff && canAct && (
                <button
                  type="button"
                  className="wk__x"
                  aria-label={`Crash ${actorName(name)}`}
                  title="Crash it (C)"
                  onClick={() => onCrash(number)}
                >
                  <Zap size={14} aria-hidden="true" />
                </button>
              )}
            </div>
            <Doing name={name} view={view} world={world} now={now} />
          </li>
        );
      })}
      {workers.length === 0 && <You world={world} />}
    </ul>
  );
}

function Phase({ phase }: { phase: View['phase'] }) {
  const icon = phase === 'crashed' ? <Zap size={12} /> : phase === 'idle' ? <Moon size={12} /> : <Cog size={12} />;
  const tone = phase === 'crashed' ? 'danger' : phase === 'idle' ? 'neutral' : 'accent';
  return (
    <Badge tone={tone}>
      {icon}
      {PHASES[phase]}
    </Badge>
  );
}

function Doing({ name, view, world, now }: { name: string; view: View; world: World; now: number }) {
  const [first] = view.holds;
  const order = first === undefined ? 0 : (world.messages[first]?.order ?? 0);
  const note = world.notes[name];
  if (view.phase === 'crashed') {
    const back = note?.what === 'crashed' ? note.at : now;
    return (
      <div className="wk__d">
        <span>{lostOf(name, world) ?? 'It held nothing'}</span>
        <span className="tabular-nums">down for {((now - back) / 1000).toFixed(1)} s</span>
      </div>
    );
  }
  if (view.phase === 'working' && view.until !== undefined) {
    const left = Math.max(0, view.until - now) / 1000;
    const { since = view.until } = view;
    const share = Math.min(1, Math.max(0, (now - since) / Math.max(1, view.until - since)));
    const more = view.holds.length > 1 ? ` and ${view.holds.length - 1} more in hand` : '';
    return (
      <>
        <div className="wk__d">
          <span>
            Works on {orderName(order)}
            {more}
          </span>
          <span className="tabular-nums">{left.toFixed(1)} s left</span>
        </div>
        <div className="wk__bar" aria-hidden="true">
          <i style={{ width: `${share * 100}%` }} />
        </div>
      </>
    );
  }
  const doing =
    view.phase === 'moving'
      ? `Copies ${orderName(order)} to orders-poison`
      : view.phase === 'deleting'
        ? `Deletes ${orderName(order)}`
        : 'Polls for the next message';
  return (
    <div className="wk__d">
      <span>{doing}</span>
    </div>
  );
}

/** What a crashed worker still hides: its leases run on. */
function lostOf(name: string, { messages }: World): string | undefined {
  const lost = Object.values(messages).filter(({ by, isVisible }) => by === name && !isVisible);
  const [first] = lost;
  if (!first) return undefined;
  return `Lost ${orderName(first.order)}${lost.length > 1 ? ` and ${lost.length - 1} more` : ''} before the delete`;
}

function You({ world }: { world: World }) {
  const holds = world.actors['you']?.holds ?? [];
  const orders = holds.map((id) => orderName(world.messages[id]?.order ?? 0));
  return (
    <li className="wk" data-stop="actor you">
      <div className="wk__h">
        <User size={16} aria-hidden="true" className="i" />
        <b className="flex-1">You</b>
        <Badge>{orders.length === 0 ? 'Empty hands' : 'Holding'}</Badge>
      </div>
      <div className="wk__d">
        <span>{orders.length === 0 ? 'You are the worker here' : `In your hand: ${orders.join(', ')}`}</span>
      </div>
    </li>
  );
}
