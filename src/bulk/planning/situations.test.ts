import { describe, expect, test } from 'vitest';
import { createRandom } from '@/sandbox/random';
import { forecastJob } from './forecast';
import { createSimulation } from './simulation.fixture';
import { fewestRequests, planOf, randomSituation, simulate } from './situation.fixture';

/*
 * Random situations in the sandbox, in simulated time. `QUEUESCOPE_SITUATIONS=500 npx vitest run --project=unit-pure
 * src/bulk/planning/situations.test.ts` tries so many, of up to 400 messages; `QUEUESCOPE_SEED` chooses others.
 */
const { env } = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process;
const seed = Number(env['QUEUESCOPE_SEED'] ?? 1);
const count = Number(env['QUEUESCOPE_SITUATIONS'] ?? 8);
const largest = env['QUEUESCOPE_SITUATIONS'] === undefined ? 120 : 400;

describe('in any situation', () => {
  const random = createRandom(seed);
  const situations = Array.from({ length: count }, () => randomSituation(random, largest));

  test('a job sends close to the fewest requests, renews nothing, and leaves the queues as they should be', {
    timeout: 10_000 + count * 5000,
  }, async () => {
    const wrong: unknown[] = [];
    for (const { situation, latency } of situations) {
      const { requests, fewest, counts, violations } = await simulate(createSimulation({ latency }), situation);
      const isFine =
        violations.length === 0 && requests <= Math.max(fewest * 1.1, fewest + 1) && counts.renewal <= requests * 0.05;
      if (!isFine) wrong.push({ situation, latency, counts, fewest, violations });
    }
    expect(wrong).toEqual([]);
  });
});

describe('what is forecast', () => {
  const random = createRandom(seed + 1);
  const situations = Array.from({ length: count }, () => randomSituation(random, largest));

  test('is what happens: requests within 10 % or 3, time within 25 %', { timeout: 10_000 + count * 5000 }, async () => {
    const wrong: unknown[] = [];
    for (const { situation, latency } of situations) {
      const { least, most, likely = most } = forecastJob(planOf(situation, latency));
      const { requests, seconds, counts } = await simulate(createSimulation({ latency }), situation);
      const time = likely.time?.all ?? 0;
      const room = Math.max(3, requests * 0.1);
      const isFine =
        (situation.isFiltered === true || least === most) &&
        Math.abs(requests - likely.sum) <= room &&
        requests >= Math.min(least.sum, most.sum) - room &&
        requests <= Math.max(least.sum, most.sum) + room &&
        Math.abs(seconds - time) <= Math.max(seconds * 0.25, 0.002 * latency);
      if (!isFine) wrong.push({ situation, latency, counts, requests, seconds, forecast: most });
    }
    expect(wrong).toEqual([]);
  });
});

test.each([
  ['the last of 50', { doing: 'delete', messages: 50, chosen: 1 }, 1 + 31 + 1],
  ['3 of 50', { doing: 'delete', messages: 50, chosen: 3 }, 2 + 47 + 3],
  ['a whole queue', { doing: 'move', messages: 64, chosen: undefined }, 3 + 128],
  ['an empty walk', { doing: 'export', messages: 32, chosen: undefined }, 2 + 32],
  ['what is in hand', { doing: 'changeAndMove', messages: 40, chosen: 10, held: 40 }, 20],
] as const)('the fewest requests for %s are as counted by hand', (_, situation, requests) =>
  expect(fewestRequests(situation)).toBe(requests),
);
