import { MOST_MESSAGES } from '@/azure/protocol/limits';
import { leaseLength } from './lease-length';
import { isWrittenFirst, requestsEach, type Steps, stays } from './steps';
import { type WalkTime, walkTime } from './walk-time';

/** What a job is going to do, as far as it is known before it begins. Counts are of messages. */
export type JobPlan = {
  steps: Steps;
  /** True for the whole queue: the walk goes on to an answer without messages. */
  isWhole: boolean;
  /** Chosen messages that are leased already. */
  inHand: number;
  /** Chosen messages that have to be received; with `matching` all that are received, as the filter is asked about each. */
  toFind: number;
  /** Set when a filter chooses among the messages that are received; the walk then goes on to its end, as `isWhole` says. */
  matching?: Matching | undefined;
  /** With `matching`: the walk ends once so many are found. */
  stopAt?: number | undefined;
  /** Messages from the front to the last of those, at least `toFind`; undefined when nobody knows where it is. */
  reach: number | undefined;
  /** Messages received at most. */
  cap?: number | undefined;
  /** Messages in the queue that can be received; undefined when they cannot be counted. */
  visible: number | undefined;
  /** Messages worked on at a time. */
  concurrency: number;
  /** Messages begun a second at most. */
  perSecond?: number | undefined;
  /** Requests under way at a time at most; those of a browser by default. */
  connections?: number | undefined;
  /** Messages returned at a time for so many received. */
  returnedAtATime: (received: number) => number;
  /** Leases that are ended before anything is received, by a request each. */
  released?: number | undefined;
  /** Ms of a request as measured on this connection; undefined before the first. */
  roundTrip: number | undefined;
};

/** The plan of a job that receives nothing: so many items, each with the requests of its steps. */
export const planOfItems = (
  steps: Steps,
  items: number,
  {
    concurrency = 8,
    perSecond,
    connections,
  }: Pick<JobPlan, 'perSecond' | 'connections'> & { concurrency?: number | undefined } = {},
): JobPlan => ({
  steps,
  isWhole: false,
  inHand: items,
  toFind: 0,
  reach: undefined,
  visible: undefined,
  concurrency,
  perSecond,
  connections,
  returnedAtATime: () => 1,
  roundTrip: undefined,
});

/**
 * How many of the messages that are received a filter takes: from none to all where nothing is known. `likely`: by the share among
 * those loaded; undefined when none is loaded.
 */
export type Matching = { least: number; most: number; likely?: number | undefined };

/** What a running job knows of its walk. Counts are of messages. */
export type WalkSoFar = {
  /** False once nothing is received any more. */
  isFinding: boolean;
  /** Receives that were answered. */
  receives: number;
  received: number;
  /** Of those received, chosen. */
  wanted: number;
};

/** What a running job knows. */
export type SoFar = {
  walk: WalkSoFar | undefined;
  /** Messages that needed no request, such as a text that its change leaves as it is. */
  skipped: number;
  /** Requests that no plan counts: repeats and renewals. */
  unplanned: number;
};

/** Requests by kind; `update` changes a text or hides a message, `return` shows one again. */
export type ForecastRequests = { receive: number; put: number; update: number; delete: number; return: number };

export type Forecast = {
  requests: ForecastRequests;
  /** All of them, and those that no plan counted. */
  sum: number;
  /**
   * Addresses of these requests at most, each of which can cost a CORS preflight. The answer of one holds for an address with its
   * query: each change, delete and return has the id and the receipt of its message in it, a put the time to live that is left, and
   * receives the time of their leases, of which a job has a few.
   */
  addresses: number;
  /** Messages that are worked on. */
  worked: number;
  /** Messages that are received, whose dequeue counts rise by one. */
  raised: number;
  /** Of these, messages that are only passed. */
  passed: number;
  /** Messages hidden at a time at most, besides those in hand. */
  hidden: number;
  /** Messages that other consumers find meanwhile, at least; undefined for a queue that cannot be counted. */
  seenByOthers: number | undefined;
  /** Messages that are visible again at the end, of those received. */
  returned: number;
  /** Seconds that its leases last, before anything of its own was measured. */
  lease: number;
  /** Seconds of the whole job; undefined without a measured round trip. */
  time: WalkTime | undefined;
};

/**
 * The least and the most that a job is likely to do; alike where everything is known. `likely`: by the share of matches among those
 * that are known, where a filter chooses.
 */
export type JobForecast = { least: Forecast; most: Forecast; likely?: Forecast | undefined };

/**
 * Forecasts a job from the plan that it runs: receives of 32, the requests of its steps for each chosen message, and a return for
 * each that stays. Nothing is renewed, since leases are planned by the same numbers. Where the last chosen message is not known,
 * it is anything from the next receives to the limit of the search. `soFar`: what a running job has learnt, which narrows it.
 */
export function forecastJob(plan: JobPlan, soFar: SoFar = NOTHING): JobForecast {
  const [least, most, likely] = endsOf(plan, soFar.walk ?? NOT_BEGUN);
  const first = forecastOf(plan, least, soFar);
  return {
    least: first,
    most: most === least ? first : forecastOf(plan, most, soFar),
    ...(likely && { likely: forecastOf(plan, likely, soFar) }),
  };
}

const NOTHING: SoFar = { walk: undefined, skipped: 0, unplanned: 0 };
const NOT_BEGUN: WalkSoFar = { isFinding: true, receives: 0, received: 0, wanted: 0 };

/** How a walk can end: `chosen` of `received` messages are worked on. */
type WalkEnd = { receives: number; received: number; chosen: number };

/** The ends with the least and the most requests, the same object where only one is possible, and the likely one. */
function endsOf(plan: JobPlan, soFar: WalkSoFar): [least: WalkEnd, most: WalkEnd, likely?: WalkEnd] {
  const { isWhole, toFind, matching, stopAt = Infinity, reach, cap = Infinity, visible = Infinity } = plan;
  const { isFinding, receives, received, wanted } = soFar;
  const same = (end: WalkEnd): [WalkEnd, WalkEnd] => [end, end];
  if (!isFinding) return same({ receives, received, chosen: wanted });
  if (isWhole) {
    const all = Math.max(received, Math.min(toFind, cap));
    const walk = { receives: receives + batches(all - received) + (all < cap ? 1 : 0), received: all };
    if (!matching) return same({ ...walk, chosen: all });
    const possible = wanted + all - received;
    const most = Math.max(wanted, Math.min(matching.most, possible, stopAt));
    const least = Math.min(most, Math.max(matching.least, wanted));
    if (stopAt <= Math.min(matching.most, possible)) {
      const next = Math.min(all, received + batches(Math.max(1, stopAt - wanted)) * MOST_MESSAGES);
      const soonest = { receives: receives + batches(next - received), received: next, chosen: stopAt };
      return [soonest, { ...walk, chosen: most }];
    }
    const share = received >= MOST_MESSAGES ? (wanted / received) * all : matching.likely;
    const end = (chosen: number): WalkEnd => ({ ...walk, chosen });
    const range: [WalkEnd, WalkEnd] = least === most ? same(end(least)) : [end(least), end(most)];
    return share === undefined ? range : [...range, end(Math.round(Math.max(least, Math.min(most, share))))];
  }
  if (toFind === 0) return same({ receives, received, chosen: 0 });
  const atMost = Math.max(toFind, Math.min(cap, visible));
  /** The end at a last message that is so many from the front. */
  const endAt = (last: number): WalkEnd => {
    const left = Math.max(0, Math.min(last, atMost) - received);
    const to = received + batches(left) * MOST_MESSAGES;
    return { receives: receives + batches(left), received: Math.min(to, Math.max(received, atMost)), chosen: toFind };
  };
  if (reach !== undefined && received < Math.max(reach, toFind)) return same(endAt(Math.max(reach, toFind)));
  const nearest = endAt(received + Math.max(1, toFind - wanted));
  return [nearest, atMost === Infinity || atMost === toFind ? nearest : endAt(atMost)];
}

const batches = (messages: number): number => Math.ceil(messages / MOST_MESSAGES);

/**
 * Seconds that the leases of a job last: while everything is found, worked on and returned, or, where a whole queue is emptied from
 * the front, for what is received ahead of the work.
 */
export function planLease(plan: JobPlan): number {
  const { steps, isWhole, toFind, matching, reach, concurrency, perSecond, roundTrip } = plan;
  if (!isWhole || matching || stays(steps) || isWrittenFirst(steps)) {
    const [, end] = endsOf({ ...plan, reach: Math.max(toFind, reach ?? 0) }, NOT_BEGUN);
    return leaseLength(countsOf(plan, end, NOTHING).time?.all ?? 0);
  }
  const worked = Math.min(toFind, AHEAD_BATCHES * MOST_MESSAGES + concurrency);
  const each = requestsEach(steps);
  const walk = { receives: 0, worked, each, returned: 0, concurrency, returnedAtATime: 1, perSecond };
  return leaseLength(walkTime({ ...walk, roundTrip: roundTrip ?? 0 }).all);
}

/** Batches that wait while others are worked on: one in reserve, and one that was just received. */
const AHEAD_BATCHES = 2;

/** Lease times and counts that the receives of one job have at most, as its plan follows the measured rate. */
const RECEIVE_ADDRESSES = 3;

function forecastOf(plan: JobPlan, end: WalkEnd, soFar: SoFar): Forecast {
  return { ...countsOf(plan, end, soFar), lease: planLease({ ...plan, reach: end.received }) };
}

function countsOf(
  plan: JobPlan,
  { receives, received, chosen }: WalkEnd,
  { skipped, unplanned }: SoFar,
): Omit<Forecast, 'lease'> {
  const { steps, isWhole, matching, inHand, concurrency, perSecond, roundTrip } = plan;
  const atATime = plan.returnedAtATime(received);
  const passed = received - chosen;
  const worked = inHand + chosen;
  const changed = Math.max(0, worked - skipped);
  const each = requestsEach(steps);
  const isChangedHere = steps.includes('change') && stays(steps);
  // A text goes back with its change, unless its turn in the order comes later.
  const isReturnedByChange = each === 1 && isChangedHere && atATime > 1;
  const back = stays(steps) ? chosen : Math.min(chosen, skipped);
  const returns = passed + (isReturnedByChange ? Math.min(chosen, skipped) : back);
  const has = (step: Steps[number]) => (steps.includes(step) ? changed : 0);
  const requests = {
    receive: receives,
    put: has('send'),
    update: steps.includes('send') ? 0 : Math.max(has('change'), has('hide')),
    delete: has('delete'),
    return: returns + (plan.released ?? 0),
  };
  const { receive, put, update, delete: deletes, return: shown } = requests;
  // What is emptied from the front is received no further ahead than the work needs.
  const isAhead = isWhole && !matching && !stays(steps) && !isWrittenFirst(steps);
  const hidden = isAhead ? Math.min(received, AHEAD_BATCHES * MOST_MESSAGES + concurrency) : received;
  return {
    requests,
    addresses: Math.min(receive, RECEIVE_ADDRESSES) + put + update + deletes + shown,
    hidden,
    seenByOthers: plan.visible === undefined ? undefined : Math.max(0, plan.visible - received),
    sum: Object.values(requests).reduce((sum, number) => sum + number, unplanned),
    worked,
    raised: received,
    passed,
    returned: passed + back,
    time:
      roundTrip === undefined
        ? undefined
        : walkTime({
            receives,
            inHand,
            worked: chosen,
            each,
            returned: returns,
            concurrency,
            connections: plan.connections,
            returnedAtATime: atATime,
            perSecond,
            roundTrip,
            returnsAtEnd: isWhole && !matching,
            waitsForAll: (isChangedHere || isWrittenFirst(steps)) && chosen > 0,
          }),
  };
}
