import { ChevronDown, ChevronUp, CircleAlert, Zap } from 'lucide-react';
import { useRef } from 'react';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import { byTurn, type World, type WorldMessage } from '@/lab/film/world';
import { ORDERS } from '@/lab/run/calls';
import { Spoken } from '@/ui/controls/spoken';
import { Ring } from '@/ui/feedback/ring';
import { cx } from '@/ui/format/cx';
import { counted } from '@/words/counts';
import { actorName, clockTime, orderName, secondsUntil } from '../text/names';
import { Pips } from './pips';
import { useSize } from './use-size';

export type LanesProps = {
  world: World;
  now: number;
  tries: number;
  vis: number;
  /** Only what a peek and a count show, as every consumer sees it. */
  asConsumer: boolean;
  /** The message that the caption speaks of. */
  subject: string | undefined;
  onOpen: (id: string) => void;
  /** A question is open about what a peek will show. */
  isAsked?: boolean;
  /** A question about the count is still to be answered: it is not told. */
  isCountAsked?: boolean;
};

/** Tiles of a lane that are drawn; the others are told as a number. */
const MOST_TILES = 7;
/** Where they stand beside the name of the lane, one less fits in a narrow place; on a phone they wrap. */
const MOST_LEASED = { usual: 4, narrow: 3 };
const NARROW = { from: 440, to: 720 };

/** The queue and its poison queue: what is visible, what is hidden, what is set aside. Lists, so that they read as text. */
export function Lanes(props: LanesProps) {
  const { world, tries, vis, asConsumer, isAsked = false, isCountAsked = false } = props;
  const all = Object.values(world.messages).filter(({ queue }) => queue === ORDERS);
  const visible = all.filter(({ isVisible }) => isVisible).toSorted(byTurn);
  const hidden = all.filter(({ isVisible }) => !isVisible).toSorted((a, b) => a.visibleAt - b.visibleAt);
  const poison = Object.values(world.messages)
    .filter(({ queue }) => queue !== ORDERS)
    .toSorted(byTurn);
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const mostLeased = width >= NARROW.from && width < NARROW.to ? MOST_LEASED.narrow : MOST_LEASED.usual;
  const shown = asConsumer ? visible.slice(0, MOST_MESSAGES) : visible;
  return (
    <>
      <div ref={place} className="qbox">
        <Lane
          name="Visible"
          count={visible.length}
          note={asConsumer ? 'What a peek shows' : 'Any worker can receive these'}
          className="lane--v"
        >
          <ul className="tiles" data-stop="visible" aria-label="Visible messages, the next one last">
            {isAsked && (
              <li className="ghost" aria-hidden="true">
                ?
              </li>
            )}
            <More of={shown} most={MOST_TILES} />
            {shown
              .slice(0, MOST_TILES)
              .toReversed()
              .map((message, index, drawn) => (
                <Tile key={message.id} {...props} message={message} isNext={index === drawn.length - 1} />
              ))}
          </ul>
        </Lane>
        <div className="flow" aria-hidden="true">
          <span>
            <ChevronDown size={14} />
            Receive hides a message for {vis} s
          </span>
          <span>
            <ChevronUp size={14} />
            Lease ends without a delete: visible again
          </span>
        </div>
        {asConsumer ? (
          <Lane
            name="Count"
            count={isCountAsked ? '?' : all.length}
            note="The approximate count of the queue, hidden ones included"
          >
            <p className="text-12 text-text-3">
              Nobody can see hidden messages: a consumer knows only how many there are.
            </p>
          </Lane>
        ) : (
          <Lane
            name="Invisible"
            stop="invisible"
            count={hidden.length}
            note="Leased, hidden from everyone else"
            className="lane--l"
          >
            {hidden.length === 0 ? (
              <p className="text-12 text-text-3">Nothing is leased now</p>
            ) : (
              <ul className="lts" aria-label="Hidden messages, the first to return first">
                {hidden.slice(0, mostLeased).map((message) => (
                  <Leased key={message.id} {...props} message={message} />
                ))}
                <More of={hidden} most={mostLeased} />
              </ul>
            )}
          </Lane>
        )}
      </div>
      <div className="flow flow--p" aria-hidden="true">
        <span>
          <ChevronDown size={14} />
          {tries > 0
            ? `${counted(tries, 'try', 'tries')} without a delete: a worker moves it to orders-poison`
            : 'No rule: no worker moves anything to orders-poison'}
        </span>
      </div>
      <div className="qbox qbox--p">
        <Lane
          name="Poison"
          icon={<CircleAlert size={16} />}
          count={poison.length}
          note="Set aside for a person to check"
        >
          <ul className="tiles tiles--p" data-stop="poison" aria-label="Messages in orders-poison">
            {poison.slice(0, MOST_TILES).map((message) => (
              <Tile key={message.id} {...props} message={message} isPoison />
            ))}
            <More of={poison} most={MOST_TILES} />
          </ul>
        </Lane>
      </div>
    </>
  );
}

type LaneProps = {
  name: string;
  count: number | '?';
  note: string;
  icon?: React.ReactNode;
  className?: string;
  stop?: string;
  children: React.ReactNode;
};

function Lane({ name, count, note, icon, className, stop, children }: LaneProps) {
  return (
    <section className={cx('lane', className)} data-stop={stop} aria-label={name}>
      <div className="lane__h">
        <h2>
          {icon}
          {name}
        </h2>
        <b className="lane__n tabular-nums">{count}</b>
        <p>{note}</p>
      </div>
      {children}
    </section>
  );
}

function More({ of: all, most }: { of: readonly WorldMessage[]; most: number }) {
  const rest = all.length - most;
  if (rest <= 0) return null;
  return (
    <li className="tile tile--more" aria-label={counted(rest, 'more message')}>
      +{rest}
    </li>
  );
}

type TileProps = Pick<LanesProps, 'tries' | 'subject' | 'onOpen'> & {
  message: WorldMessage;
  isNext?: boolean;
  isPoison?: boolean;
};

function Tile({ message, tries, subject, onOpen, isNext = false, isPoison = false }: TileProps) {
  const { id, order, count } = message;
  const counts = countText(count, tries);
  return (
    <li
      className={cx('tile', isNext && 'is-next', isPoison && 'is-poison', id === subject && 'is-subject')}
      aria-label={`${order}, ${counts}${isPoison ? ', in orders-poison' : isNext ? ', next' : ''}`}
    >
      <button
        type="button"
        className="tile__b"
        aria-label={`Message ${order}, ${counts}${isNext ? ', next' : ''}`}
        onClick={() => onOpen(id)}
      >
        <b>{orderName(order)}</b>
        <Pips count={isPoison ? tries || 5 : count} tries={tries} />
      </button>
    </li>
  );
}

const countText = (count: number, tries: number) => `dequeue count ${count}${tries > 0 ? ` of ${tries}` : ''}`;

function Leased({ message, world, now, tries, vis, subject, onOpen }: LanesProps & { message: WorldMessage }) {
  const { id, order, count, visibleAt, by } = message;
  const left = secondsUntil(visibleAt, now);
  const holder = by === undefined ? undefined : world.actors[by];
  const isLost = by !== undefined && !holder?.holds.includes(id);
  const who = by === undefined ? 'delayed' : actorName(by);
  // The same all through the lease: what runs down is in the timer, which no one is told of each second.
  const words = `${countText(count, tries)}, ${
    by === undefined ? 'delayed' : `leased by ${who.toLowerCase()}`
  } until ${clockTime(visibleAt)}${isLost ? ', which crashed' : ''}`;
  return (
    <li className={cx('lt', isLost && 'lost', id === subject && 'is-subject')} aria-label={`${order}, ${words}`}>
      <span role="timer" aria-label={`Lease of ${orderName(order)}`}>
        <Ring value={(visibleAt - now) / (Math.max(vis, 1) * 1000)} sizePx={34}>
          {left}
        </Ring>
        <span className="sr-only">{counted(left, 'second')} left</span>
      </span>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- what is spoken is in it */}
      <button type="button" className="lt__b" onClick={() => onOpen(id)}>
        <Spoken as={`Message ${order}, ${words}`}>
          <span className="lt__t">
            <b>{orderName(order)}</b>
            <span>
              {isLost && <Zap size={12} aria-hidden="true" />}
              <span className="truncate">{who}</span>
            </span>
            <Pips count={count} tries={tries} />
          </span>
        </Spoken>
      </button>
    </li>
  );
}
