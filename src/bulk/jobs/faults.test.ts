import { describe, expect, test } from 'vitest';
import { type LaneTrouble, laneServer } from '@/azure/relay/lane.fixture';
import { laneFetch } from '@/azure/relay/lane-fetch';
import { createRandom } from '@/sandbox/random';
import { AZURE_RECEIPTS, type ReceiptRules } from '@/sandbox/receipt';
import { bulkScene } from '../bulk.fixture';
import { moveMessage } from '../work/move-message';
import { runFaultScenario, type Trouble, troublesAt } from './fault-scenario.fixture';
import { PIPELINES, WORKS } from './faulted.fixture';
import { startMessageJob } from './message-job';

const MESSAGES = 120;
/** Leased by a person before it begins, in most scenarios. */
const HELD = 24;
const seed = Math.floor(Math.random() * 2 ** 30);
const random = createRandom(seed);
/** What no service is known to do, and the emulator's: a job must not care. */
const OTHER_RECEIPTS: [ReceiptRules, ...ReceiptRules[]] = [
  { void: 'PopReceiptMismatch', shared: true },
  { void: 'PopReceiptMismatch', shared: false },
  { void: 'MessageNotFound', shared: false },
];

function drawn<Item>(all: readonly [Item, ...Item[]]): Item {
  return all[Math.floor(random.share() * all.length)] ?? all[0];
}

const everythingAt = (share: number): Trouble => troublesAt(share).at(-1)?.[1] ?? {};

describe.each(WORKS)('%s', (operation) => {
  test.each(troublesAt(0.2))('loses nothing and hides no duplicate: %s at 20 %', async (_, trouble) => {
    expect(await foundIn({ operation, trouble, messages: MESSAGES, seed, held: HELD })).toEqual(NOTHING);
  });

  test('loses nothing and hides no duplicate: everything at 1 %, with latency', async () => {
    const trouble = { ...everythingAt(0.01), latency: 1 };
    expect(await foundIn({ operation, trouble, messages: MESSAGES, seed })).toEqual(NOTHING);
  });

  test.each(OTHER_RECEIPTS)('loses nothing and hides no duplicate whatever the receipts are: %o', async (receipts) => {
    const [, trouble] = drawn(troublesAt(0.2));
    expect(await foundIn({ operation, trouble, messages: MESSAGES, seed, held: HELD, receipts })).toEqual(NOTHING);
  });
});

// Each fault at each of their requests is in each-request.test.ts.
describe.each(PIPELINES)('%s', (operation) => {
  test.each([AZURE_RECEIPTS, drawn(OTHER_RECEIPTS)])(
    'loses nothing and hides no duplicate: everything at 20 %, receipts %o',
    async (receipts) => {
      const scenario = { operation, trouble: everythingAt(0.2), messages: MESSAGES, seed, held: HELD, receipts };
      expect(await foundIn(scenario)).toEqual(NOTHING);
    },
  );
});

const NOTHING = { seed, violations: [] };

async function foundIn(scenario: Parameters<typeof runFaultScenario>[0]) {
  const { violations } = await runFaultScenario(scenario);
  return { seed, violations };
}

describe.each(WORKS)('%s through the lane of the local server', (operation) => {
  test.each<[string, Trouble]>([
    ['everything', everythingAt(0.2)],
    ['batches alone', {}],
  ])('loses nothing and hides no duplicate: batches break, and %s at 20 %', async (_, trouble) => {
    const scenario = { operation, trouble, messages: MESSAGES, seed, held: HELD, concurrency: 64, around: brokenLane };
    expect(await foundIn(scenario)).toEqual(NOTHING);
  });
});

/** One batch in five breaks, in one of four ways; what is alone goes the same way. */
function brokenLane(account: typeof fetch): typeof fetch {
  const ways: readonly LaneTrouble[] = ['unsent', 'cut', 'half', 'lost'];
  const trouble = () => ways[Math.floor(random.share() * 5 * ways.length)];
  const { fetch } = laneServer({ account, trouble });
  return laneFetch('http://page', { fetch, relay: account });
}

test('what is left after a bad day is moved on a good one', async () => {
  const { fill, sandbox, clock, textsIn } = bulkScene(seed);
  const [from, to] = [await fill('orders-poison', 300), await fill('orders', 0)];
  const options = { from, name: 'Move', work: moveMessage(to), wanted: 'all', visibilityTimeout: 30 } as const;
  sandbox.setFaults({ lostBefore: 0.1, lostAfter: 0.1, busy: 0.1, serverErrors: 0.1 });
  const bad = startMessageJob(options);
  await bad.finished;
  sandbox.setFaults({ lostBefore: 0, lostAfter: 0, busy: 0, serverErrors: 0 });
  expect(bad.outcomes.length).toBeGreaterThan(0);
  clock.advance(31_000);
  const good = startMessageJob(options);
  await good.finished;
  expect(good.counts.done).toBeGreaterThan(0);
  expect(await textsIn('orders-poison')).toEqual([]);
  const moved = await textsIn('orders');
  expect(new Set(moved).size).toBe(300);
  expect(moved.length - 300).toBeLessThanOrEqual(bad.progress.uncertain);
});
