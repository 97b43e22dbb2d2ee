import { type Call, ORDERS, POISON, type Reply, type Seen } from '../run/calls';
import type { LabEvent } from './lab-event';
import { WATCHER } from './world';

/** Answers that are known: the last of them. A lesson has some dozens; a link may make it have any number. */
const MOST_ANSWERS = 2000;

/** An answer that an actor got. */
export type Answer = { at: number; actor: string; request: Call; reply: Reply; asked: number };

/** What has been seen of a queue by looking, which changes nothing; undefined before the first look. */
type Looked = {
  /** The last peek of up to 32 messages. */
  visible: readonly Seen[] | undefined;
  /** The approximate count of the last metadata. */
  about: number | undefined;
};

/**
 * All that a check may know: what was seen by peek and count, the answers that the actors got, and the effects outside. On every
 * service the same can be known; what only the lab knows is not in it.
 */
export type Facts = {
  now: number;
  orders: Looked;
  poison: Looked;
  /** The last 2,000, in the order of their times, without those of the looks. */
  answers: readonly Answer[];
  /** How often each order was charged. */
  effects: Readonly<Record<number, number>>;
  /** Acts of the person that were only looks: they sent nothing. */
  views: number;
  /** Actors that crashed, with the time, in order. */
  crashes: readonly { actor: string; at: number }[];
};

export const noFacts = (): Facts => ({
  now: 0,
  orders: { visible: undefined, about: undefined },
  poison: { visible: undefined, about: undefined },
  answers: [],
  effects: {},
  views: 0,
  crashes: [],
});

/** The facts after one more event. Shares what has not changed with those before. */
export function learn(facts: Facts, event: LabEvent): Facts {
  const now = event.at;
  switch (event.what) {
    case 'charged':
      return { ...facts, now, effects: { ...facts.effects, [event.order]: (facts.effects[event.order] ?? 0) + 1 } };
    case 'noted':
      if (event.note.what !== 'crashed') return facts;
      return { ...facts, now, crashes: [...facts.crashes, { actor: event.actor, at: now }] };
    case 'answered': {
      const { actor, request, reply, call } = event;
      if (actor === WATCHER) return looked(facts, now, request, reply);
      const answer: Answer = { at: now, actor, request, reply, asked: call };
      return { ...facts, now, answers: [...facts.answers.slice(1 - MOST_ANSWERS), answer] };
    }
    case 'asked':
    case 'served':
    case 'visible':
    case 'expired':
    case 'viewed':
      return facts;
    case 'did':
      return event.input.act === 'view' ? { ...facts, now, views: facts.views + 1 } : facts;
  }
}

function looked(facts: Facts, now: number, request: Call, reply: Reply): Facts {
  const queue = request.queue === ORDERS ? 'orders' : request.queue === POISON ? 'poison' : undefined;
  if (!queue) return facts;
  const before = facts[queue];
  // A queue that does not exist has shown nothing.
  if (!reply.ok) return { ...facts, now, [queue]: { visible: undefined, about: undefined } };
  const after =
    request.op === 'peek' ? { ...before, visible: reply.messages ?? [] } : { ...before, about: reply.approximate };
  return { ...facts, now, [queue]: after };
}

/** Whether something holds, by what was seen. Pure. */
export type Check = (facts: Facts) => boolean;

/** Answers to requests of one kind, by one actor or by all. */
export const answersTo = <Op extends Call['op']>(facts: Facts, op: Op, actor?: string): AnswerTo<Op>[] =>
  facts.answers.filter(
    (one): one is AnswerTo<Op> => one.request.op === op && (actor === undefined || one.actor === actor),
  );

type AnswerTo<Op extends Call['op']> = Answer & { request: Extract<Call, { op: Op }> };

/** Messages of an answer; none of a refusal. */
export const messagesOf = ({ reply }: Answer): readonly Seen[] => (reply.ok ? (reply.messages ?? []) : []);

/** Receives that found something, in order. */
export const receives = (facts: Facts, actor?: string): AnswerTo<'receive'>[] =>
  answersTo(facts, 'receive', actor).filter((one) => messagesOf(one).length > 0);
