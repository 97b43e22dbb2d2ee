/** Connections that a browser opens to one HTTP/1.1 host, which is what Azure and the emulator speak. */
const CONNECTIONS = 6;

/** A walk from the front of a queue, with the work on the messages that are wanted. */
export type Walk = {
  /** Receives, one after another. */
  receives: number;
  /** Messages worked on, of those received or in hand. */
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
};

/** Seconds of the parts of a walk; they overlap. */
export type WalkTime = { finding: number; working: number; returning: number; all: number };

/**
 * How long a walk takes: receives go one after another, the work beside them, the returns after the last receive and beside the
 * work, and no more requests at a time than the browser has connections.
 */
export function walkTime({
  receives,
  worked,
  each,
  returned,
  concurrency,
  returnedAtATime,
  perSecond = Infinity,
  roundTrip,
}: Walk): WalkTime {
  const request = roundTrip / 1000;
  const finding = receives * request;
  const working = Math.max(
    (worked * each * request) / Math.min(concurrency, CONNECTIONS),
    Math.max(0, worked - 1) / perSecond + each * request,
  );
  const returning = (returned * request) / Math.min(returnedAtATime, CONNECTIONS);
  const busy = ((receives + worked * each + returned) * request) / CONNECTIONS;
  const all = Math.max(finding + returning, worked === 0 ? 0 : working, busy);
  return { finding, working: worked === 0 ? 0 : working, returning, all };
}
