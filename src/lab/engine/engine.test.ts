import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createFilm } from '../film/film';
import type { LabEvent } from '../film/lab-event';
import { logHash } from '../film/log-hash.fixture';
import type { World } from '../film/world';
import { anyRun, RUNS } from '../run/any-run.fixture';
import type { Params } from '../run/params';
import { type Input, newRun, type Run, withInput } from '../run/run';
import { busy, HASHED_MS, HASHES } from '../run/runs.fixture';
import { type Checkpoint, createEngine, type Engine, RUN_START, type Sign } from './engine';

// Many runs are played, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000 });

const MINUTE = 60_000;
/** What the service itself holds, as the world tells it. */
const stored = ({ service }: Checkpoint) =>
  service.queues.flatMap(({ name, messages }) =>
    messages.map((one) => [name, one.id, one.dequeueCount, one.visibleAt - RUN_START, endOf(one.expiresAt)]),
  );
/** The service writes never as the end of the year 9999. */
const endOf = (expiresAt: number) => (expiresAt > Date.UTC(9000) ? Infinity : expiresAt - RUN_START);
const known = ({ messages }: World) =>
  Object.values(messages).map((one) => [one.queue, one.id, one.count, one.visibleAt, one.expiresAt]);

const byId = (rows: (string | number)[][]) =>
  rows.toSorted(([, a = ''], [, b = '']) => (String(a) < String(b) ? -1 : 1));

/** What must be true of every moment of every run. */
function holds({ tally, messages, effects, actors, at }: World) {
  const all = Object.values(messages);
  const present = (queue: string) => all.filter((one) => one.queue === queue).length;
  expect(tally.done + tally.moved + tally.expired + tally.lost + present('orders')).toBe(tally.sent);
  expect(present('orders-poison') + tally.poisonGone).toBe(tally.poisoned);
  expect(tally.done).toBeLessThanOrEqual(effects.once);
  // Nobody sees a message whose lease runs, and a lease that has ended hides nothing.
  for (const { isVisible, visibleAt } of all) expect(isVisible).toBe(visibleAt <= at);
  const held = Object.entries(actors).flatMap(([name, { holds: ids }]) =>
    ids.filter((id) => messages[id] && !messages[id].isVisible && messages[id].by === name),
  );
  expect(new Set(held).size).toBe(held.length);
}

async function play(run: Run, until: number, sign?: Sign): Promise<{ engine: Engine; events: LabEvent[] }> {
  const engine = await createEngine(run, sign === undefined ? {} : { sign });
  return { engine, events: await engine.advance(until) };
}

test('the world is what the service holds, and its ledger adds up, whatever is set and done', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (run) => {
      const engine = await createEngine(run);
      for (let at = 0; at <= MINUTE; at += 7500) {
        await engine.advance(at);
        expect(byId(known(engine.world))).toEqual(byId(stored(engine.checkpoint())));
        holds(engine.world);
      }
    }),
    { numRuns: RUNS },
  );
});

test('a run that goes on from a checkpoint is the run itself', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, fc.nat(50_000), async (run, at) => {
      const engine = await createEngine(run);
      await engine.advance(at);
      const from = engine.checkpoint();
      const rest = await engine.advance(MINUTE);
      const other = await createEngine(run, { from: structuredClone(from) });
      expect(await other.advance(MINUTE)).toEqual(rest);
      expect(other.world).toEqual(engine.world);
    }),
    { numRuns: RUNS / 2 },
  );
});

test('a film shows each moment as it was, also after acting in the past', async () => {
  const run = busy();
  const engine = await createEngine(run);
  const film = createFilm();
  const worlds: World[] = [];
  for (let at = 0; at <= 2 * MINUTE; at += 1700) {
    film.add(await engine.advance(at), at);
    worlds.push(structuredClone(engine.world));
  }
  for (const [index, world] of worlds.entries()) expect(film.at(index * 1700)).toEqual({ ...world, at: index * 1700 });

  const at = 40_000;
  const forked = withInput(run, { act: 'crash', worker: 2, at });
  film.cut(at - 1);
  const again = await createEngine(forked);
  film.add(
    (await again.advance(2 * MINUTE)).filter((event) => event.at >= at),
    2 * MINUTE,
  );
  expect(film.at(2 * MINUTE)).toEqual({ ...again.world, at: 2 * MINUTE });
  expect(film.between(at, at).some(({ what }) => what === 'did')).toBe(true);
});

/** When producers ask for what. */
async function arrivals(change: Partial<Params>) {
  const { events } = await play({ ...busy(), params: { ...busy().params, ...change } }, MINUTE);
  return events.flatMap((event) =>
    event.what === 'asked' && event.actor.startsWith('producer') ? [[event.at, event.request]] : [],
  );
}

test('one worker more does not change when orders come', async () => {
  const usual = await arrivals({});
  expect(usual.length).toBeGreaterThan(50);
  expect(await arrivals({ workers: 9, crash: 90, vis: 3 })).toEqual(usual);
});

describe('the log is the same on every machine', () => {
  test.each(HASHES)('%s', async (_, run, hash) => {
    expect(logHash((await play(run, HASHED_MS)).events)).toBe(hash);
  });

  test('with the key as with a SAS', async () => {
    const [, run = busy(), hash = ''] = HASHES[0] ?? [];
    expect(logHash((await play(run, HASHED_MS, 'key')).events)).toBe(hash);
  });
});

test.each<Input>([
  { at: 100, act: 'addWorker' },
  { at: 100, act: 'set', name: 'workers', value: 2 },
])('a run that begins without workers gets them later: %j', async (input) => {
  const engine = await createEngine({ ...newRun({ workers: 0 }), inputs: [input] });
  await engine.advance(1000);
  expect(Object.keys(engine.world.actors)).toContain('worker 1');
});
