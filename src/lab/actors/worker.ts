import { type Call, ORDERS, POISON, type Reply, type Seen } from '../run/calls';
import { readOrder } from '../run/order';
import type { Actor, ActorEvent, Context, View, Wish } from './actor';

/** A message in hand, with the newest receipt. */
type Held = { id: string; text: string; receipt: string; count: number };

type State = {
  /** Raised by a crash and by the next message, so that what was due before is not done. */
  epoch: number;
  phase: View['phase'];
  /** The one in work first. */
  hand: readonly Held[];
  /** Ms until the next receive after one that found nothing. */
  pause: number;
  /** Ms of the run at which the work in hand began and ends. */
  since?: number;
  until?: number;
  /** An extension is on its way, which changes the receipt. */
  extending?: boolean;
  /** Its next move of a message ends in a crash between the copy and the delete. */
  slips?: boolean;
  /** It goes when what it has in hand is done. */
  leaving: boolean;
};

type Step = [state: State, wishes: readonly Wish[]];

/**
 * A loop of its own: receive, work, charge, delete, one message after the other. It never deletes before the work is done, so a
 * crash costs time and no order. An order that was received more often than the rule allows goes to the poison queue: first the
 * copy, then the delete.
 */
export const worker: Actor<State> = {
  begin: ({ params }) => ({ epoch: 0, phase: 'idle', hand: [], pause: pauseOf(params.poll[0]), leaving: false }),
  react(state, event, context) {
    switch (event.event) {
      case 'start':
        return ask(state, context);
      case 'act':
        if (event.act.act === 'crash') return crash(state, context);
        if (event.act.act === 'removeWorker') return leave(state);
        if (event.act.act === 'slip') return [{ ...state, slips: true }, []];
        return [state, []];
      case 'wake':
        return event.epoch === state.epoch ? wake(state, event.why, context) : [state, []];
      case 'reply':
        if (event.epoch !== state.epoch) return ignored(state, event);
        return answered(state, event, context);
      case 'set':
        return [state, []];
    }
  },
  view: ({ phase, hand, since, until }) => ({
    phase,
    holds: hand.map(({ id }) => id),
    ...(since !== undefined && until !== undefined && { since, until }),
  }),
};

const pauseOf = (seconds: number) => Math.round(seconds * 1000);

function ask(state: State, { params }: Context): Step {
  const call: Call = { op: 'receive', queue: ORDERS, count: params.batch, vis: params.vis };
  return [rested({ ...state, phase: 'asking', hand: [] }), [{ wish: 'call', call }]];
}

/** Without what belongs to work under way. */
function rested(state: State): State {
  const after = { ...state };
  delete after.since;
  delete after.until;
  delete after.extending;
  return after;
}

function wake(state: State, why: string, context: Context): Step {
  switch (why) {
    case 'poll':
    case 'restart': {
      const [next, wishes] = ask(state, context);
      return why === 'restart' ? [next, [{ wish: 'note', note: { what: 'restarted' } }, ...wishes]] : [next, wishes];
    }
    case 'crash':
      return crash(state, context);
    case 'extend':
      return extend(state, context);
    case 'worked':
      return worked(state, context);
    default:
      return [state, []];
  }
}

function answered(state: State, { call, reply }: Extract<ActorEvent, { event: 'reply' }>, context: Context): Step {
  switch (call.op) {
    case 'receive':
      return received(state, reply, context);
    case 'send': {
      // The copy is there: now the original may go. Without it, the lease ends and another try is made.
      const [first] = state.hand;
      if (state.slips) return crash({ ...state, slips: false }, context);
      return reply.ok && first ? [{ ...state, phase: 'deleting' }, [deleteOf(first)]] : nextInHand(state, context);
    }
    case 'update':
      return extended(state, call.id, reply, context);
    case 'delete':
      return nextInHand(state, context);
    case 'create':
    case 'peek':
    case 'count':
      return [state, []];
  }
}

function received(state: State, reply: Reply, context: Context): Step {
  const messages = reply.ok ? (reply.messages ?? []) : [];
  const { params } = context;
  if (messages.length > 0) {
    const hand = messages.map(held);
    return work({ ...state, hand, pause: pauseOf(params.poll[0]) }, context);
  }
  if (state.leaving) return gone(state);
  const pause = Math.min(state.pause, pauseOf(params.poll[1]));
  return [
    { ...state, phase: 'idle', pause: Math.min(pause * 2, pauseOf(params.poll[1])) },
    [{ wish: 'wake', after: pause, why: 'poll' }],
  ];
}

const held = ({ id, text, receipt = '', count }: Seen): Held => ({ id, text, receipt, count });

/** Begins with the first message in hand. */
function work(before: State, context: Context): Step {
  const { params, chance, now } = context;
  const state = { ...before, epoch: before.epoch + 1 };
  const [first] = state.hand;
  if (!first) return state.leaving ? gone(state) : ask(state, context);
  // Drawn for each message whatever the settings are, so that one setting changes one thing.
  const share = chance.share();
  const at = chance.share();
  const mean = params.work * 1000;
  const waited = chance.wait(mean);
  if (params.tries > 0 && first.count > params.tries) {
    const copy: Call = { op: 'send', queue: POISON, text: first.text, timeToLive: params.ttl, delay: 0 };
    return [rested({ ...state, phase: 'moving' }), [{ wish: 'call', call: copy }]];
  }
  const takes = Math.max(1, params.vary ? waited : Math.round(mean));
  const wishes: Wish[] =
    share < params.crash / 100
      ? [{ wish: 'wake', after: Math.max(1, Math.floor(takes * at)), why: 'crash' }]
      : [{ wish: 'wake', after: takes, why: 'worked' }];
  if (params.extend) wishes.push({ wish: 'wake', after: params.vis * 500, why: 'extend' });
  return [{ ...state, phase: 'working', since: now, until: now + takes }, wishes];
}

function worked(state: State, context: Context): Step {
  const [first] = state.hand;
  if (!first) return ask(state, context);
  // A delete with the receipt from before would be refused.
  if (state.extending) return [state, [{ wish: 'wake', after: 5, why: 'worked' }]];
  const { order, bad } = readOrder(first.text);
  if (bad) {
    const [next, wishes] = nextInHand(state, context);
    return [next, [{ wish: 'note', note: { what: 'failed', id: first.id, order } }, ...wishes]];
  }
  return [rested({ ...state, phase: 'deleting' }), [{ wish: 'effect', order }, deleteOf(first)]];
}

const deleteOf = ({ id, receipt }: Held): Wish => ({
  wish: 'call',
  call: { op: 'delete', queue: ORDERS, id, receipt },
});

const nextInHand = (state: State, context: Context): Step =>
  work(rested({ ...state, hand: state.hand.slice(1) }), context);

function extend(state: State, { params }: Context): Step {
  const [first] = state.hand;
  if (!first || state.phase !== 'working') return [state, []];
  const call: Call = { op: 'update', queue: ORDERS, id: first.id, receipt: first.receipt, vis: params.vis };
  return [{ ...state, extending: true }, [{ wish: 'call', call }]];
}

function extended(before: State, id: string, reply: Reply, { params }: Context): Step {
  const state = { ...before };
  delete state.extending;
  if (!reply.ok || reply.receipt === undefined) return [state, []];
  const { receipt } = reply;
  const hand = state.hand.map((one) => (one.id === id ? { ...one, receipt } : one));
  return [{ ...state, hand }, [{ wish: 'wake', after: params.vis * 500, why: 'extend' }]];
}

function crash(state: State, { params }: Context): Step {
  if (state.phase === 'crashed' || state.phase === 'gone') return [state, []];
  return [
    rested({ ...state, phase: 'crashed', epoch: state.epoch + 1, hand: [], pause: pauseOf(params.poll[0]) }),
    [
      { wish: 'note', note: { what: 'crashed' } },
      { wish: 'wake', after: pauseOf(params.restart), why: 'restart' },
    ],
  ];
}

function leave(state: State): Step {
  const isFree = state.phase === 'idle' || state.phase === 'crashed';
  return isFree ? gone(state) : [{ ...state, leaving: true }, []];
}

const gone = (state: State): Step => [
  rested({ ...state, phase: 'gone', epoch: state.epoch + 1, hand: [] }),
  [{ wish: 'note', note: { what: 'left' } }],
];

/** What a crashed program had asked for: a message that it received is leased to nobody who knows of it. */
const ignored = (state: State, { call }: Extract<ActorEvent, { event: 'reply' }>): Step =>
  call.op === 'receive' || call.op === 'send'
    ? [state, [{ wish: 'note', note: { what: 'ignored', call } }]]
    : [state, []];
