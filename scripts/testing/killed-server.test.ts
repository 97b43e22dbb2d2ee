import { afterAll, beforeAll, expect, test } from 'vitest';
import { runFaultScenario } from '../../src/bulk/jobs/fault-scenario.fixture';
import type { Faulted } from '../../src/bulk/jobs/faulted.fixture';
import { type Kill, killedOnTheWay, startRelayProcess } from './killed-server.fixture';

/** `npm run kills` cuts all kinds of jobs off at any of their requests. */
const MESSAGES = 40;

let relay: Awaited<ReturnType<typeof startRelayProcess>>;
beforeAll(async () => {
  relay = await startRelayProcess();
}, 60_000);
afterAll(() => relay.stop());

test.each<[Faulted, Kill]>([
  ['browse', { of: 'reads', answered: 0, held: 1, acts: 'half' }],
  ['import', { of: 'writes', answered: 8, held: 4, acts: 'second' }],
  ['move', { of: 'writes', answered: 8, held: 4, acts: 'all' }],
  ['changeAndMove', { of: 'writes', answered: 20, held: 6, acts: 'second' }],
])('%s loses nothing, hides no duplicate and goes on when its server is killed: %o', async (operation, kill) => {
  const way = await killedOnTheWay(relay, kill);
  const scenario = { operation, trouble: {}, messages: MESSAGES, seed: 1, concurrency: 64 };
  try {
    const { violations, state } = await runFaultScenario({ ...scenario, nth: way, network: way.network });
    expect({ violations, state, isKilled: way.isKilled() }).toEqual({ violations: [], state: 'done', isKilled: true });
    expect(way.batches()).toBeGreaterThan(1);
  } finally {
    await way.stop();
  }
});
