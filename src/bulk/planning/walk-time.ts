/** Connections that a browser opens to one HTTP/1.1 host, which is what Azure and the emulator speak. */
const CONNECTIONS = 6;

/** A walk from the front of a queue, with the work on the messages that are wanted. */
export type Walk = {
  /** Receives, one after another. */
  receives: number;
  /** Messages worked on that are leased already, before anything is received. */
  inHand?: number;
  /** Messages worked on, of those received. */
  worked: number;
  /** Requests for each of them, without its return. */
  each: number;
  /** Messages returned at the end or beside the work. */
  returned: number;
  /** Messages worked on at a time. */
  concurrency: number;
  /** Messages returned at a time. */
  returnedAtATime: number;
  /** Messages begun a second at most. */
  perSecond?: number | undefined;
  /** Ms of a request. */
  roundTrip: number;
  /** True when nothing is worked on before all is found. */
  waitsForAll?: boolean;
};

/** Seconds of the parts of a walk; they overlap. */
export type WalkTime = { finding: number; working: number; returning: number; all: number };

/**
 * How long a walk takes: receives go one after another, the work beside them, the returns after the last receive and beside the
 * work, and no more requests at a time than the browser has connections.
 */
export function walkTime(walk: Walk): WalkTime {
  const { receives, inHand = 0, worked, each, returned, returnedAtATime, roundTrip, waitsForAll = false } = walk;
  const request = roundTrip / 1000;
  const before = workTime(inHand, walk);
  const finding = receives * request;
  const found = workTime(worked, walk);
  const returning = (returned * request) / Math.min(returnedAtATime, CONNECTIONS);
  const busy = ((receives + worked * each + returned) * request) / CONNECTIONS;
  // What is worked on last goes back last, and nothing is found before the first answer.
  const lastReturn = waitsForAll || returned === 0 ? 0 : request;
  const work = worked === 0 ? 0 : found + (waitsForAll ? finding : Math.min(finding, request)) + lastReturn;
  return {
    finding,
    working: before + found,
    returning,
    all: before + Math.max(finding + returning, work, busy),
  };
}

/** Seconds of the work on so many messages. */
function workTime(messages: number, { each, concurrency, perSecond = Infinity, roundTrip }: Walk): number {
  if (messages === 0) return 0;
  const request = roundTrip / 1000;
  const rounds = Math.ceil(messages / Math.min(concurrency, CONNECTIONS));
  return Math.max(rounds * each * request, (messages - 1) / perSecond + each * request);
}
