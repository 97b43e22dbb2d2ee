import type { Note, View } from '../actors/actor';
import { type Call, ORDERS, POISON, type Reply } from '../run/calls';
import { readOrder } from '../run/order';
import { addCount, type Counts, copyCounts, countOf, noCounts } from './counts';
import type { LabEvent } from './lab-event';

/** A message as only the lab knows it; times in ms of the run. Never changed: another takes its place. */
export type WorldMessage = {
  id: string;
  queue: string;
  order: number;
  bad: boolean;
  count: number;
  insertedAt: number;
  /** Infinity: never. */
  expiresAt: number;
  /** When it is or became visible. */
  visibleAt: number;
  isVisible: boolean;
  /** The actor whose receive or update hid it last; undefined for one that is hidden from birth. */
  by?: string;
};

/** Orders and what became of them. */
export type Tally = {
  /** Sent to the queue of orders. */
  sent: number;
  /** Deleted there after their work was done. */
  done: number;
  /** Deleted there after their copy was put into the poison queue. */
  moved: number;
  /** Expired in the queue of orders. */
  expired: number;
  /** Deleted there without work. */
  lost: number;
  /** Copies that were put into the poison queue, and those that expired or were deleted there. */
  poisoned: number;
  poisonGone: number;
  /** Of workers. */
  crashes: number;
  /** Requests of all actors but the observer. */
  requests: number;
};

/** Everything at one moment of a run, as far as it can be drawn. */
export type World = {
  at: number;
  /** Those of both queues that exist, by id. */
  messages: Record<string, WorldMessage>;
  tally: Tally;
  /** How often each order was charged, and how often it was copied to the poison queue. */
  effects: Counts;
  copies: Counts;
  actors: Record<string, View>;
  /** The last note of each actor. */
  notes: Record<string, Note & { at: number }>;
};

/** Observes for the checks; its requests are nobody's cost. */
export const WATCHER = 'watcher';

export const emptyWorld = (): World => ({
  at: 0,
  messages: {},
  tally: { sent: 0, done: 0, moved: 0, expired: 0, lost: 0, poisoned: 0, poisonGone: 0, crashes: 0, requests: 0 },
  effects: noCounts(),
  copies: noCounts(),
  actors: {},
  notes: {},
});

/** Order of the messages of a lane: the first is received next. */
export const byTurn = (a: WorldMessage, b: WorldMessage): number =>
  a.visibleAt - b.visibleAt || a.insertedAt - b.insertedAt;

/** A world that goes its own way from here on. Takes as long as there are messages, actors and 256ths of orders. */
export const copyWorld = (world: World): World => ({
  at: world.at,
  messages: { ...world.messages },
  tally: { ...world.tally },
  effects: copyCounts(world.effects),
  copies: copyCounts(world.copies),
  actors: { ...world.actors },
  notes: { ...world.notes },
});

/** Takes the event in; changes `world`. */
export function applyEvent(world: World, event: LabEvent): void {
  world.at = event.at;
  switch (event.what) {
    case 'asked':
      if (event.actor !== WATCHER) world.tally.requests++;
      return;
    case 'served':
      if (event.reply.ok) serve(world, event, event.reply);
      return;
    case 'answered':
      return;
    case 'visible':
      change(world, event.id, { isVisible: true });
      return;
    case 'expired':
      remove(world, event.id, 'expired');
      return;
    case 'charged':
      addCount(world.effects, event.order);
      return;
    case 'noted':
      world.notes[event.actor] = { ...event.note, at: event.at };
      if (event.note.what === 'crashed') world.tally.crashes++;
      return;
    case 'viewed':
      world.actors[event.actor] = event.view;
      return;
    case 'did':
  }
}

function serve(
  world: World,
  { actor, request, at }: Extract<LabEvent, { what: 'served' }>,
  reply: Extract<Reply, { ok: true }>,
): void {
  switch (request.op) {
    case 'send':
      for (const { id } of reply.messages ?? []) add(world, request, id, at);
      return;
    case 'receive':
      // The wire tells times to the second; the service keeps them to the ms.
      for (const { id, count } of reply.messages ?? [])
        change(world, id, { count, visibleAt: at + request.vis * 1000, isVisible: false, by: actor });
      return;
    case 'update':
      change(world, request.id, { visibleAt: at + request.vis * 1000, isVisible: request.vis === 0, by: actor });
      return;
    case 'delete':
      remove(world, request.id, 'deleted');
      return;
    case 'create':
    case 'peek':
    case 'count':
  }
}

function change(world: World, id: string, changes: Partial<WorldMessage>): void {
  const message = world.messages[id];
  if (message) world.messages[id] = { ...message, ...changes };
}

function add(world: World, { queue, text, delay, timeToLive }: Extract<Call, { op: 'send' }>, id: string, at: number) {
  const order = readOrder(text);
  world.messages[id] = {
    id,
    queue,
    ...order,
    count: 0,
    insertedAt: at,
    expiresAt: timeToLive < 0 ? Infinity : at + timeToLive * 1000,
    visibleAt: at + delay * 1000,
    isVisible: delay === 0,
  };
  if (queue === ORDERS) world.tally.sent++;
  else if (queue === POISON) {
    world.tally.poisoned++;
    addCount(world.copies, order.order);
  }
}

function remove(world: World, id: string, how: 'deleted' | 'expired'): void {
  const message = world.messages[id];
  if (!message) return;
  delete world.messages[id];
  const { tally } = world;
  if (message.queue === POISON) tally.poisonGone++;
  else if (how === 'expired') tally.expired++;
  else if (countOf(world.effects, message.order) > 0) tally.done++;
  else if (countOf(world.copies, message.order) > 0) tally.moved++;
  else tally.lost++;
}
