import { MOST_MESSAGES } from '../../azure/protocol/limits';
import { type Call, ORDERS, POISON, type Seen } from '../run/calls';
import { hasNote, noteOf, readOrder } from '../run/order';
import type { Act } from '../run/run';
import type { Actor, Context, Wish } from './actor';
import { orderCall } from './producer';

/** A message in hand, with its text and all its receipts, the newest last. `charged`: the work on it is done, or part of it. */
type Held = { id: string; queue: string; text: string; receipts: readonly string[]; charged: boolean };
type State = { epoch: number; sent: number; hand: readonly Held[] };

/** The person at the page, who sends, receives, peeks, extends and deletes with one message after the other. */
export const you = (series: number): Actor<State> => ({
  begin: () => ({ epoch: 0, sent: 0, hand: [] }),
  react(state, event, context) {
    if (event.event === 'act') return act(state, event.act, series, context);
    if (event.event !== 'reply') return [state, []];
    const { call, reply } = event;
    if (call.op === 'receive' && reply.ok) return received(state, call.queue, reply.messages ?? [], context);
    if (call.op === 'update' && reply.ok && reply.receipt !== undefined) {
      const { receipt } = reply;
      const hand = state.hand.map((one) =>
        one.id === call.id ? { ...one, text: call.text ?? one.text, receipts: [...one.receipts, receipt] } : one,
      );
      return [{ ...state, hand }, []];
    }
    if (call.op === 'send' && reply.ok) return copied(state);
    if (call.op === 'delete' && reply.ok)
      return [{ ...state, hand: state.hand.filter(({ id }) => id !== call.id) }, []];
    return [state, []];
  },
  view: ({ hand }) => ({ phase: 'idle', holds: hand.map(({ id }) => id) }),
});

/** A message of the poison queue goes back at once: first the copy, then the delete. */
function received(state: State, queue: string, messages: readonly Seen[], { params }: Context): [State, Wish[]] {
  const held = messages.map(({ id, text, receipt = '' }) => ({
    id,
    queue,
    text,
    receipts: [receipt],
    charged: hasNote(text),
  }));
  // What is received again replaces what was in hand of it: its receipt is void.
  const others = state.hand.filter(({ id }) => !held.some((one) => one.id === id));
  const copies = queue === POISON ? held : [];
  return [
    { ...state, hand: [...others, ...held] },
    copies.map(({ text }) => wished({ op: 'send', queue: ORDERS, text, timeToLive: params.ttl, delay: 0 })),
  ];
}

/** The copy of a message that goes back has arrived. */
function copied(state: State): [State, Wish[]] {
  const original = state.hand.find(({ queue }) => queue === POISON);
  return [state, original ? [deleteOf(original)] : []];
}

/** The person does the work on an order, once: with the note that a part is done, or before the delete. */
function charge(state: State, first: Held): [State, Wish[]] {
  const { order } = readOrder(first.text);
  if (first.charged || first.queue !== ORDERS || order === 0) return [state, []];
  const [, ...others] = state.hand;
  return [{ ...state, hand: [{ ...first, charged: true }, ...others] }, [{ wish: 'effect', order }]];
}

function note(state: State, part: number, vis: number): [State, Wish[]] {
  const [first] = state.hand;
  if (!first) return [state, []];
  const [charged, effects] = part > 0 ? charge(state, first) : [state, []];
  return [charged, [...effects, updateOf(first, vis, noteOf(first.text, part))]];
}

const newest = ({ receipts }: Held): string => receipts.at(-1) ?? '';
const deleteOf = (held: Held, receipt = newest(held)): Wish =>
  wished({ op: 'delete', queue: held.queue, id: held.id, receipt });
const updateOf = (held: Held, vis: number, text?: string): Wish =>
  wished({
    op: 'update',
    queue: held.queue,
    id: held.id,
    receipt: newest(held),
    vis,
    ...(text !== undefined && { text }),
  });

function act(state: State, { act: what, ...rest }: Act, series: number, context: Context): [State, Wish[]] {
  const [first] = state.hand;
  const { vis } = context.params;
  switch (what) {
    case 'send':
    case 'burst': {
      const count = 'count' in rest ? rest.count : 1;
      const calls = Array.from({ length: count }, (_, made) => orderCall(series, state.sent + made, context));
      return [{ ...state, sent: state.sent + count }, calls.map(wished)];
    }
    case 'create':
      return [state, [wished({ op: 'create', queue: ORDERS })]];
    case 'receive':
      return [state, [wished({ op: 'receive', queue: ORDERS, count: 1, vis })]];
    case 'peek':
      return [state, [wished({ op: 'peek', queue: ORDERS, count: MOST_MESSAGES })]];
    case 'count':
      return [state, [wished({ op: 'count', queue: ORDERS })]];
    case 'extend':
      return [state, first ? [updateOf(first, vis)] : []];
    case 'note':
      return note(state, 'part' in rest ? rest.part : 0, vis);
    case 'delete': {
      if (!first) return [state, []];
      const [charged, effects] = charge(state, first);
      return [charged, [...effects, deleteOf(first)]];
    }
    case 'deleteOld':
      return [state, first ? [deleteOf(first, first.receipts[0])] : []];
    case 'redrive':
      return [state, [wished({ op: 'receive', queue: POISON, count: 1, vis })]];
    case 'addWorker':
    case 'removeWorker':
    case 'crash':
    case 'slip':
    case 'view':
    case 'set':
      return [state, []];
  }
}

const wished = (call: Call): Wish => ({ wish: 'call', call });
