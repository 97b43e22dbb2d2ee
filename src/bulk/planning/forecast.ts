import { MOST_MESSAGES } from '@/azure/protocol/limits';
import { leaseLength } from './lease-length';
import { requestsEach, type Steps, stays } from './steps';
import { type WalkTime, walkTime } from './walk-time';

/** What a job is going to do, as far as it is known before it begins. Counts are of messages. */
export type JobPlan = {
  steps: Steps;
  /** True for the whole queue: the walk goes on to an answer without messages. */
  isWhole: boolean;
  /** Chosen messages that are leased already. */
  inHand: number;
  /** Chosen messages that have to be received. */
  toFind: number;
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
  /** Messages returned at a time for so many received. */
  returnedAtATime: (received: number) => number;
  /** Ms of a request as measured on this connection; undefined before the first. */
  roundTrip: number | undefined;
};

/** Requests by kind; `update` changes a text or hides a message, `return` shows one again. */
export type ForecastRequests = { receive: number; put: number; update: number; delete: number; return: number };

export type Forecast = {
  requests: ForecastRequests;
  /** All of them. */
  sum: number;
  /** Messages that are received, whose dequeue counts rise by one. */
  raised: number;
  /** Of these, messages that are only passed. */
  passed: number;
  /** Seconds that its leases last, before anything of its own was measured. */
  lease: number;
  /** Seconds; undefined without a measured round trip. */
  time: WalkTime | undefined;
};

/** The least and the most that a job is likely to do; alike where everything is known. */
export type JobForecast = { least: Forecast; most: Forecast };

/**
 * Forecasts a job from the plan that it runs: receives of 32, the requests of its steps for each chosen message, and a return for
 * each that stays. Nothing is renewed, since leases are planned by the same numbers. Where the last chosen message is not known,
 * it is anything from the next receives to the limit of the search.
 */
export function forecastJob(plan: JobPlan): JobForecast {
  const { isWhole, toFind, reach, cap = Infinity, visible = Infinity } = plan;
  const atMost = Math.max(toFind, Math.min(cap, visible));
  if (toFind === 0 || isWhole || reach !== undefined) {
    const known = toFind === 0 || isWhole ? toFind : Math.max(reach ?? 0, toFind);
    const one = forecastOf(plan, Math.min(known, atMost));
    return { least: one, most: one };
  }
  return {
    least: forecastOf(plan, toFind),
    most: forecastOf(plan, atMost === Infinity ? toFind : atMost),
  };
}

/**
 * Seconds that the leases of a job last: while everything is found, worked on and returned, or, where a whole queue is emptied from
 * the front, for what is received ahead of the work.
 */
export function planLease(plan: JobPlan): number {
  const { steps, isWhole, toFind, reach, concurrency, perSecond, roundTrip } = plan;
  if (!isWhole || stays(steps)) {
    return leaseLength(countsOf(plan, Math.max(toFind, reach ?? 0)).time?.all ?? 0);
  }
  const worked = Math.min(toFind, AHEAD_BATCHES * MOST_MESSAGES + concurrency);
  const each = requestsEach(steps);
  const walk = { receives: 0, worked, each, returned: 0, concurrency, returnedAtATime: 1, perSecond };
  return leaseLength(walkTime({ ...walk, roundTrip: roundTrip ?? 0 }).all);
}

/** Batches that wait while others are worked on: one in reserve, and one that was just received. */
const AHEAD_BATCHES = 2;

/** The forecast for a last message that is so many from the front. */
function forecastOf(plan: JobPlan, reach: number): Forecast {
  return { ...countsOf(plan, reach), lease: planLease({ ...plan, reach }) };
}

function countsOf(plan: JobPlan, reach: number): Omit<Forecast, 'lease'> {
  const {
    steps,
    isWhole,
    inHand,
    toFind,
    cap = Infinity,
    visible = Infinity,
    concurrency,
    perSecond,
    roundTrip,
  } = plan;
  const receives = Math.ceil(reach / MOST_MESSAGES) + (isWhole && reach < cap ? 1 : 0);
  const received = Math.min(Math.max(toFind, receives * MOST_MESSAGES), Math.max(toFind, Math.min(visible, cap)));
  const atATime = plan.returnedAtATime(received);
  const passed = isWhole ? 0 : received - toFind;
  const worked = inHand + toFind;
  const each = requestsEach(steps);
  // A text goes back with its change, unless its turn in the order comes later.
  const isReturnedByChange = each === 1 && steps.includes('change') && stays(steps) && atATime > 1;
  const returned = passed + (stays(steps) && !isReturnedByChange ? toFind : 0);
  const has = (step: Steps[number]) => (steps.includes(step) ? worked : 0);
  const requests = {
    receive: receives,
    put: has('send'),
    update: steps.includes('send') ? 0 : Math.max(has('change'), has('hide')),
    delete: has('delete'),
    return: returned,
  };
  return {
    requests,
    sum: Object.values(requests).reduce((sum, number) => sum + number, 0),
    raised: received,
    passed,
    time:
      roundTrip === undefined
        ? undefined
        : walkTime({
            receives,
            inHand,
            worked: toFind,
            each,
            returned,
            concurrency,
            returnedAtATime: atATime,
            perSecond,
            roundTrip,
            returnsAtEnd: isWhole,
            waitsForAll: steps.includes('change') && stays(steps) && toFind > 0,
          }),
  };
}
