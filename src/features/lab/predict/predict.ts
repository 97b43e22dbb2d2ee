import { countOf } from '@/lab/film/counts';
import type { Film } from '@/lab/film/film';
import type { LabEvent } from '@/lab/film/lab-event';
import { byTurn, type World, type WorldMessage } from '@/lab/film/world';
import { ORDERS, POISON } from '@/lab/run/calls';
import { counted } from '@/words/counts';
import { actorName, orderName, runTime } from '../text/names';

/** A question about what the run does next. */
export type Prediction = {
  question: string;
  /** Three or four, no two the same. */
  options: readonly string[];
  /** The one that holds by the run. */
  right: number;
  /** Ms of the run at which it is seen. */
  revealAt: number;
  /** What is seen then. */
  seen: string;
};

/** How far ahead a question may look, in ms of the run. */
const HORIZON_MS = 60_000;
/** What has not happened until then, does not happen for a question that has an option for that. */
const SOON_MS = 30_000;
const COUNT_MS = 10_000;
/** Messages and workers that are offered, besides "none" and "not yet there". */
const MOST_NAMED = 3;

/** What makes questions; `horizonMs` of the run must be known after the moment. Loaded with the first question. */
export type Predictor = {
  horizonMs: number;
  predict: (film: Film, now: number, turn: number) => Prediction | undefined;
};

type Ahead = {
  now: number;
  world: World;
  /** What happens within the horizon, in order. */
  events: readonly LabEvent[];
  film: Film;
};

/** A kind of question; undefined where the moment has none of it. */
type Kind = (ahead: Ahead) => Prediction | undefined;

/**
 * A question about a moment of a run that is known for the horizon after it. `turn` chooses among the kinds that the moment has,
 * so that each question is another one. Undefined where there is nothing to ask.
 */
function predict(film: Film, now: number, turn: number): Prediction | undefined {
  const ahead: Ahead = {
    now,
    events: film.between(now + 1, now + HORIZON_MS),
    world: worldOf(film, now),
    film,
  };
  const possible = KINDS.flatMap((kind) => kind(ahead) ?? []);
  return possible[turn % Math.max(1, possible.length)];
}

/** A world that later calls of the film do not change. */
function worldOf(film: Film, at: number): World {
  const world = film.at(at);
  return { ...world, messages: { ...world.messages }, actors: { ...world.actors } };
}

const ordersOf = ({ messages }: World) => Object.values(messages).filter(({ queue }) => queue === ORDERS);
/** Orders whose number only one message has: a name that can be asked for. */
function namedOf(world: World): WorldMessage[] {
  const all = Object.values(world.messages);
  const times = new Map<number, number>();
  for (const { order } of all) times.set(order, (times.get(order) ?? 0) + 1);
  return ordersOf(world).filter(({ order }) => order > 0 && times.get(order) === 1);
}

/** The ids that a receive of the queue of orders got; none for another event. */
const receivedIn = (event: LabEvent): readonly string[] =>
  event.what === 'served' && event.request.op === 'receive' && event.request.queue === ORDERS && event.reply.ok
    ? (event.reply.messages ?? []).map(({ id }) => id)
    : [];

const nextReceived: Kind = ({ now, world, events }) => {
  const named = namedOf(world);
  const visible = named.filter(({ isVisible }) => isVisible).toSorted(byTurn);
  const hidden = named.filter(({ isVisible }) => !isVisible).toSorted((a, b) => a.visibleAt - b.visibleAt);
  const found = events.find((event) => event.at <= now + SOON_MS && receivedIn(event).length > 0);
  const [id] = found ? receivedIn(found) : [];
  const received = id === undefined ? undefined : world.messages[id];
  if (received && !named.some((one) => one.id === id)) return undefined;
  const offered = withOne([...visible.slice(0, 2), ...hidden, ...visible.slice(2)], received, MOST_NAMED - 1);
  if (offered.length === 0) return undefined;
  const options = [
    ...offered.map(({ order }) => orderName(order)),
    'One that is not in the queue yet',
    `None in the next ${SOON_MS / 1000} s`,
  ];
  const right = !found ? offered.length + 1 : received ? offered.indexOf(received) : offered.length;
  return {
    question: 'Which message is received next?',
    options,
    right,
    revealAt: found?.at ?? now + SOON_MS,
    seen: found
      ? `${found.what === 'served' ? actorName(found.actor) : ''} received ${received ? orderName(received.order) : 'a message that was sent meanwhile'} at ${runTime(found.at)}.`
      : `Nobody received a message until ${runTime(now + SOON_MS)}.`,
  };
};

/** At most so many, in their order, with `one` among them where it is given. */
function withOne<Item>(items: readonly Item[], one: Item | undefined, most: number): Item[] {
  const chosen = items.slice(0, most);
  if (one !== undefined && !chosen.includes(one)) chosen.splice(-1, 1, one);
  return chosen.toSorted((a, b) => items.indexOf(a) - items.indexOf(b));
}

const whenVisible: Kind = ({ now, world, events }) => {
  const message = namedOf(world)
    .filter(({ isVisible, visibleAt }) => !isVisible && visibleAt <= now + HORIZON_MS)
    .toSorted((a, b) => b.count - a.count || a.visibleAt - b.visibleAt)[0];
  if (!message) return undefined;
  const { id, order, visibleAt, by } = message;
  const name = orderName(order);
  const first = events.find((event) => isAbout(event, id));
  if (!first) return undefined;
  const right =
    first.what === 'visible'
      ? 0
      : first.what === 'expired'
        ? 1
        : first.what === 'served'
          ? AFTER[first.request.op]
          : undefined;
  if (right === undefined) return undefined;
  const seen = [
    `Its ${by === undefined ? 'delay' : 'lease'} ended, and ${name} became visible at ${runTime(first.at)}.`,
    `${name} was ${first.what === 'expired' ? 'removed at the end of its life' : 'deleted'} at ${runTime(first.at)}, and was never visible again.`,
    `The lease on ${name} was extended at ${runTime(first.at)}.`,
  ];
  return {
    question: `When is ${name} visible?`,
    options: [
      `At ${runTime(visibleAt)}, when its ${by === undefined ? 'delay' : 'lease'} ends`,
      'Never again: it is gone before',
      `After ${runTime(visibleAt)}: its lease is extended before`,
    ],
    right,
    revealAt: first.at,
    seen: seen[right] ?? '',
  };
};

const AFTER: Partial<Record<string, number>> = { delete: 1, update: 2 };

/** Whether an event changes when the message is visible. */
const isAbout = (event: LabEvent, id: string): boolean =>
  ((event.what === 'visible' || event.what === 'expired') && event.id === id) ||
  (event.what === 'served' &&
    event.reply.ok &&
    (event.request.op === 'delete' || event.request.op === 'update') &&
    event.request.id === id);

const countSoon: Kind = ({ now, world, film }) => {
  const right = ordersOf(film.at(now + COUNT_MS)).length;
  const all = ordersOf(world);
  const visible = all.filter(({ isVisible }) => isVisible).length;
  const numbers = [right];
  // What is visible now, what there is now, and what lies beside.
  for (const other of [visible, all.length, right + Math.max(1, visible), right + 1, right + 2, right + 3])
    if (numbers.length < 4 && !numbers.includes(other)) numbers.push(other);
  numbers.sort((a, b) => a - b);
  return {
    question: `What does the count say in ${COUNT_MS / 1000} s?`,
    options: numbers.map(String),
    right: numbers.indexOf(right),
    revealAt: now + COUNT_MS,
    seen: `The count says ${right} at ${runTime(now + COUNT_MS)}: what is visible and what is hidden, together.`,
  };
};

const firstFree: Kind = ({ now, world, events }) => {
  const busy = Object.entries(world.actors)
    .filter(([name, { phase }]) => name.startsWith('worker') && phase === 'working')
    .toSorted(([, a], [, b]) => (a.until ?? 0) - (b.until ?? 0))
    .map(([name]) => name);
  if (busy.length < 2) return undefined;
  const found = events.find(
    (event) =>
      event.at <= now + SOON_MS &&
      event.what === 'asked' &&
      event.request.op === 'receive' &&
      busy.includes(event.actor),
  );
  const who = found?.what === 'asked' ? found.actor : undefined;
  const offered = withOne(busy, who, MOST_NAMED).toSorted((a, b) => numberOf(a) - numberOf(b));
  return {
    question: 'Which worker is free first, and asks for its next message?',
    options: [...offered.map(actorName), `None of those at work in the next ${SOON_MS / 1000} s`],
    right: who === undefined ? offered.length : offered.indexOf(who),
    revealAt: found?.at ?? now + SOON_MS,
    seen:
      who === undefined
        ? `None of them asked for a message until ${runTime(now + SOON_MS)}.`
        : `${actorName(who)} asked for its next message at ${runTime(found?.at ?? now)}.`,
  };
};

const numberOf = (actor: string) => Number(actor.split(' ')[1]);

const toPoison: Kind = ({ now, world, events }) => {
  const message = namedOf(world)
    // One that was copied before has its answer.
    .filter(({ count, order }) => count > 0 && countOf(world.copies, order) === 0)
    .toSorted((a, b) => b.count - a.count || byTurn(a, b))[0];
  if (!message) return undefined;
  const { id, order, count } = message;
  const name = orderName(order);
  const deleted = events.find(
    (event) => event.what === 'served' && event.reply.ok && event.request.op === 'delete' && event.request.id === id,
  );
  // Also after its end: a worker that still holds one that has expired copies it.
  const copied = events.find(
    (event) =>
      event.what === 'served' &&
      event.reply.ok &&
      event.request.op === 'send' &&
      event.request.queue === POISON &&
      event.request.text.startsWith(`{"order":${order},`),
  );
  const isMoved = copied !== undefined;
  const isDeleted = !isMoved && deleted !== undefined;
  const last = copied ?? deleted;
  const at = runTime(last?.at ?? now + HORIZON_MS);
  return {
    question: `${name} was received ${counted(count, 'time')}. Does it go to poison?`,
    options: [
      'Yes: a worker copies it to orders-poison',
      'No: it is deleted after its work',
      `Neither in the next ${HORIZON_MS / 1000} s`,
    ],
    right: isMoved ? 0 : isDeleted ? 1 : 2,
    revealAt: last?.at ?? now + HORIZON_MS,
    seen: isMoved
      ? `A worker copied ${name} to orders-poison at ${at}.`
      : isDeleted
        ? `${name} was deleted at ${at}.`
        : `${name} was neither copied to orders-poison nor deleted until ${at}.`,
  };
};

const KINDS: readonly Kind[] = [nextReceived, whenVisible, countSoon, firstFree, toPoison];

export const predictor: Predictor = { horizonMs: HORIZON_MS, predict };
