/** Connections that a browser opens to one HTTP/1.1 host, which is what Azure and the emulator speak. */
export const CONNECTIONS = 6;

/** More than a browser has connections to one host, so that none is idle between a preflight and its request. */
const RETURNED_AT_A_TIME = 24;

/** How many are returned at a time where the order is not kept. */
export const returnedFast = (connections = CONNECTIONS): number => Math.max(RETURNED_AT_A_TIME, connections);

/** Messages returned at a time beside the work, as many as are worked on. */
export const BESIDE_WORK = 8;

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
  /** Requests under way at a time at most; those of a browser by default. */
  connections?: number | undefined;
  /** Ms of a request. */
  roundTrip: number;
  /** True when nothing is worked on before all is found. */
  waitsForAll?: boolean;
  /** True when all goes back at the end, and nothing beside the work. */
  returnsAtEnd?: boolean;
};

/** Seconds of the parts of a walk; they overlap. */
export type WalkTime = { finding: number; working: number; returning: number; all: number };

/**
 * How long a walk takes: receives go one after another, the work beside them, the returns after the last receive and beside the
 * work, and no more requests at a time than there are connections.
 */
export function walkTime(walk: Walk): WalkTime {
  const { receives, inHand = 0, worked, returned, returnedAtATime, waitsForAll = false, returnsAtEnd = false } = walk;
  const { connections = CONNECTIONS } = walk;
  const request = walk.roundTrip / 1000;
  const finding = receives * request;
  const working = workTime(worked, walk);
  const returning = (returned * request) / Math.min(returnedAtATime, connections);
  const before = workTime(inHand, walk, worked > 0);
  // Nothing is worked on before the first answer, and what is worked on last goes back last.
  const first = waitsForAll ? finding : Math.min(finding, request);
  const lastReturn = waitsForAll || returned === 0 || worked === 0 ? 0 : request;
  if (returnsAtEnd) {
    const work = Math.max(finding, worked === 0 ? 0 : first + working);
    return { finding, working: before + working, returning, all: before + work + returning };
  }
  const alone = Math.max(finding + returning, worked === 0 ? 0 : first + working + lastReturn);
  return {
    finding,
    working: before + working,
    returning,
    all: before + Math.max(alone, finding + besideTime(walk, waitsForAll ? 0 : finding - first)),
  };
}

/**
 * Seconds from the last receive on, while work and returns share the connections by how many of each are under way. `head`: seconds
 * of work before.
 */
function besideTime(walk: Walk, head: number): number {
  const { worked, each, returned, concurrency, returnedAtATime, perSecond = Infinity, roundTrip } = walk;
  const { connections = CONNECTIONS } = walk;
  const workers = Math.min(concurrency, worked);
  const lanes = Math.min(BESIDE_WORK, returnedAtATime, returned);
  if (workers === 0 || lanes === 0 || each === 0) return 0;
  const atOnce = 1000 / roundTrip;
  const workRate = (others: number) =>
    Math.min(perSecond * each, Math.min(connections, workers + others) * (workers / (workers + others)) * atOnce);
  const work = Math.max(0, worked * each - head * workRate(1));
  // Work that is slowed down leaves its share to the returns.
  const shared = Math.min(lanes * atOnce, Math.min(connections, workers + lanes) * atOnce - workRate(lanes));
  const together = Math.min(work / workRate(lanes), returned / shared);
  const workLeft = work - together * workRate(lanes);
  const returnsLeft = returned - together * shared;
  const returnRate = Math.min(returnedAtATime, connections) * atOnce;
  return together + Math.max(workLeft / workRate(0), returnsLeft / returnRate);
}

/** Seconds of the work on so many messages; `goesOn` when others follow without a break. */
function workTime(
  messages: number,
  { each, concurrency, perSecond = Infinity, connections = CONNECTIONS, roundTrip }: Walk,
  goesOn = false,
): number {
  if (messages === 0) return 0;
  const request = roundTrip / 1000;
  const share = messages / Math.min(concurrency, connections);
  const rounds = goesOn ? share : Math.ceil(share);
  return Math.max(rounds * each * request, (messages - 1) / perSecond + each * request);
}
