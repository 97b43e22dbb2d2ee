import { LANE_REQUESTS } from '@/azure/relay/lane-frames';
import { forecastJob, type JobPlan } from './forecast';
import { returnedFast } from './walk-time';

/** Messages or requests a second that the lane reaches at most on a machine of two cores, as measured by `bench/network.mjs`. */
const LANE_PER_SECOND = 500;
/** Fewer requests are over soon by any way. */
const WORTH_TELLING = 200;

/**
 * How many times as fast a job is through the local server, at the round trip of its plan; undefined where that is not known, or no
 * gain that anybody would notice. Work that goes one by one stays so.
 */
export function laneGain(plan: JobPlan): number | undefined {
  const { least, most } = forecastJob(plan);
  const through = forecastJob({
    ...plan,
    connections: LANE_REQUESTS,
    concurrency: plan.concurrency === 1 ? 1 : LANE_REQUESTS,
    returnedAtATime: (received) => (plan.returnedAtATime(received) === 1 ? 1 : returnedFast(LANE_REQUESTS)),
  });
  const [now, then] = [most.time?.all, through.most.time?.all];
  if (now === undefined || then === undefined || least.sum < WORTH_TELLING) return undefined;
  const gain = now / Math.max(then, most.sum / LANE_PER_SECOND);
  return gain >= 2 ? gain : undefined;
}
