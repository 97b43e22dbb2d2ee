import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '@/sandbox/random';
import { createSimulation } from './simulation.fixture';
import { type Doing, fewestRequests, type Situation, simulate } from './situation.fixture';

/*
 * Random situations in the sandbox, in simulated time. `QUEUESCOPE_SITUATIONS=500 npx vitest run --project=unit-pure
 * src/bulk/planning/situations.test.ts` tries so many, of up to 400 messages; `QUEUESCOPE_SEED` chooses others.
 */
const { env } = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process;
const seed = Number(env['QUEUESCOPE_SEED'] ?? 1);
const count = Number(env['QUEUESCOPE_SITUATIONS'] ?? 8);
const most = env['QUEUESCOPE_SITUATIONS'] === undefined ? 120 : 400;

const DOINGS: readonly Doing[] = ['delete', 'move', 'change', 'changeAndMove', 'copy', 'export'];
const LATENCIES = [5, 20, 50, 100, 300];

const drawn = <Item>(random: Random, all: readonly Item[]): Item =>
  all[Math.floor(random.share() * all.length)] as Item;

function situationOf(random: Random): { situation: Situation; latency: number } {
  const doing = drawn(random, DOINGS);
  const messages = 1 + Math.floor(random.share() * most);
  const isWhole = doing === 'export' || random.share() < 0.3;
  const chosen = isWhole ? undefined : 1 + Math.floor(random.share() * messages);
  const held = random.share() < 0.3 ? Math.floor(random.share() * messages) : 0;
  const perSecond = random.share() < 0.2 ? 1 + Math.floor(random.share() * 20) : undefined;
  return {
    situation: {
      doing,
      messages,
      chosen,
      held,
      concurrency: drawn(random, [1, 4, 8, 16]),
      ...(perSecond !== undefined && doing !== 'export' && { perSecond }),
      ...(random.share() < 0.5 && { returnedAtATime: 24 }),
    },
    latency: drawn(random, LATENCIES),
  };
}

describe('in any situation', () => {
  const random = createRandom(seed);
  const situations = Array.from({ length: count }, () => situationOf(random));

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

test.each([
  ['the last of 50', { doing: 'delete', messages: 50, chosen: 1 }, 1 + 31 + 1],
  ['3 of 50', { doing: 'delete', messages: 50, chosen: 3 }, 2 + 47 + 3],
  ['a whole queue', { doing: 'move', messages: 64, chosen: undefined }, 3 + 128],
  ['an empty walk', { doing: 'export', messages: 32, chosen: undefined }, 2 + 32],
  ['what is in hand', { doing: 'changeAndMove', messages: 40, chosen: 10, held: 40 }, 20],
] as const)('the fewest requests for %s are as counted by hand', (_, situation, requests) =>
  expect(fewestRequests(situation)).toBe(requests),
);
