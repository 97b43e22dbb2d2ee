import { describe, expect, test } from 'vitest';
import { bulkScene } from './bulk.fixture';
import { runFaultScenario, troublesAt } from './fault-scenario.fixture';
import { FAULTED } from './faulted.fixture';
import { startMessageJob } from './message-job';
import { moveMessage } from './move-message';

const MESSAGES = 120;
const seed = Math.floor(Math.random() * 2 ** 30);

describe.each(FAULTED)('%s', (operation) => {
  test.each(troublesAt(0.2))('loses nothing and hides no duplicate: %s at 20 %', async (_, trouble) => {
    const verdict = await runFaultScenario({ operation, trouble, messages: MESSAGES, seed });
    expect({ seed, violations: verdict.violations }).toEqual({ seed, violations: [] });
  });

  test('loses nothing and hides no duplicate: everything at 1 %, with latency', async () => {
    const trouble = { ...troublesAt(0.01).at(-1)?.[1], latency: 1 };
    const verdict = await runFaultScenario({ operation, trouble, messages: MESSAGES, seed });
    expect({ seed, violations: verdict.violations }).toEqual({ seed, violations: [] });
  });
});

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
