import { expect, test } from 'vitest';
import { createRandom } from '@/sandbox/random';
import type { Job } from '../jobs/job';
import { createSimulation } from './simulation.fixture';
import { planOf, randomSituation, simulate } from './situation.fixture';

/*
 * The forecast of a job that runs, in the random situations of `situations.test.ts` in simulated time; `QUEUESCOPE_SITUATIONS=500`
 * tries so many, of up to 400 messages.
 */

const { env } = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process;
const seed = Number(env['QUEUESCOPE_SEED'] ?? 4);
const count = Number(env['QUEUESCOPE_SITUATIONS'] ?? 12);
const largest = env['QUEUESCOPE_SITUATIONS'] === undefined ? 120 : 400;

/** Indices of each tenth of so many. */
const tenths = (length: number) => Array.from({ length: 10 }, (_, tenth) => Math.floor((tenth * length) / 10));

test('the forecast of a running job holds its final number of requests, narrows, and ends at what was sent', {
  timeout: 10_000 + count * 5000,
}, async () => {
  const random = createRandom(seed);
  const wrong: unknown[] = [];
  let ranges = 0;
  for (let index = 0; index < count; index++) {
    const { situation, latency } = randomSituation(random, largest);
    const { inHand, toFind, reach, visible, matching } = planOf(situation, latency);
    // In every other one nobody knows where the last chosen message is.
    const known = index % 2 === 0 ? { reach } : { reach: undefined };
    const foreseen = { inHand, toFind, visible, ...known, ...(matching && { matching }) };
    const seen: { least: number; most: number }[] = [];
    let last: Job | undefined;
    const { requests } = await simulate(createSimulation({ latency }), situation, {
      foreseen,
      told(job) {
        last = job;
        const { least, most } = job.forecast() ?? {};
        if (least && most) seen.push({ least: least.sum, most: most.sum });
      },
    });
    const holds = tenths(seen.length).every((at) => {
      const { least = Infinity, most = 0 } = seen[at] ?? {};
      return least <= requests && requests <= most;
    });
    const widths = seen.map(({ least, most }) => most - least);
    const narrows = widths.every((width, at) => at === 0 || width <= (widths[at - 1] ?? 0));
    if ((widths[0] ?? 0) > 0) ranges++;
    const end = last?.forecast();
    const isExact = end?.least.sum === requests && end.most.sum === requests && last?.sent?.sum === requests;
    const isFine = (seen.length > 0 || requests === 0) && holds && narrows && isExact;
    if (!isFine)
      wrong.push(
        JSON.stringify({
          situation,
          latency,
          foreseen,
          requests,
          sent: last?.sent?.sum,
          end: [end?.least.sum, end?.most.sum],
          holds,
          narrows,
          seen: [...new Set(seen.map(({ least, most }) => `${least}-${most}`))].join(' '),
        }),
      );
  }
  expect(wrong).toEqual([]);
  expect(ranges).toBeGreaterThan(count / 20);
});

test('a job that is cancelled forecasts no work on what has not had its turn, and its total is what was chosen', async () => {
  const latency = 50;
  const situation = { doing: 'move', messages: 120, chosen: undefined, concurrency: 4 } as const;
  let job: Job | undefined;
  const { requests } = await simulate(createSimulation({ latency }), situation, {
    foreseen: planOf(situation, latency),
    isCancelled: true,
    told(running) {
      job = running;
      if (running.progress.done > 10) running.cancel();
    },
  });
  expect(job?.state).toBe('cancelled');
  expect(job?.progress.total).toBe(120);
  expect(job?.forecast()?.most.sum).toBe(requests);
  expect(job?.progress.requests).toEqual({ sent: requests, least: requests, most: requests });
});
