import { LANE_REQUESTS } from '@/azure/relay/lane-frames';
import { type Forecast, forecastJob, type JobPlan } from './forecast';
import { returnedFast } from './walk-time';

/** Requests a second that the lane reaches at most on two idle cores, as `bench/network.mjs` measures it (docs/measurements.md). */
const LANE_PER_SECOND = 1000;
/** Fewer requests are over soon by any way. */
const WORTH_TELLING = 200;

/**
 * How many times as fast a job is through the local server, at the round trip of its plan, which is measured on the connection;
 * undefined where that is not known, or no gain that anybody would notice. Work that goes one by one stays so.
 * @param costsPreflights whether the page itself is asked about addresses that are new to the browser, as each change, delete and
 *   return is; that of a put stays the same
 */
export function laneGain(plan: JobPlan, costsPreflights: boolean): number | undefined {
  const { least, most } = forecastJob(plan);
  const through = forecastJob({
    ...plan,
    connections: LANE_REQUESTS,
    concurrency: plan.concurrency === 1 ? 1 : LANE_REQUESTS,
    returnedAtATime: (received) => (plan.returnedAtATime(received) === 1 ? 1 : returnedFast(LANE_REQUESTS)),
  });
  const [now, then] = [most.time?.all, through.most.time?.all];
  if (now === undefined || then === undefined || least.sum < WORTH_TELLING) return undefined;
  const asked = costsPreflights ? 1 + ofOneMessage(most) / most.sum : 1;
  const gain = (now * asked) / Math.max(then, most.sum / LANE_PER_SECOND);
  return gain >= 2 ? gain : undefined;
}

/** Requests whose address names one message and its receipt. */
const ofOneMessage = ({ requests: { update, delete: deletes, return: shown } }: Forecast): number =>
  update + deletes + shown;
