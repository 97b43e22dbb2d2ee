import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Checkpoint, createEngine, type Engine, RUN_START, type Sign } from './engine';
import { createFilm } from './film';
import type { LabEvent } from './lab-event';
import { logHash } from './log-hash';
import type { Params } from './params';
import { type Input, newRun, type Run, withInput } from './run';
import type { World } from './world';

const MINUTE = 60_000;
const busy = (seed = 42): Run =>
  newRun({ rate: [0.6, 0.6], workers: 4, crash: 15, vary: 1, work: 5, bad: 10, vis: 12, tries: 3 }, seed);

/** What the service itself holds, as the world tells it. */
const stored = ({ service }: Checkpoint) =>
  service.queues.flatMap(({ name, messages }) =>
    messages.map((one) => [name, one.id, one.dequeueCount, one.visibleAt - RUN_START, endOf(one.expiresAt)]),
  );
/** The service writes never as the end of the year 9999. */
const endOf = (expiresAt: number) => (expiresAt > Date.UTC(9000) ? Infinity : expiresAt - RUN_START);
const known = ({ messages }: World) =>
  Object.values(messages).map((one) => [one.queue, one.id, one.count, one.visibleAt, one.expiresAt]);

/** What must be true of every moment of every run. */
function holds({ tally, messages, effects, actors, at }: World) {
  const all = Object.values(messages);
  const present = (queue: string) => all.filter((one) => one.queue === queue).length;
  expect(tally.done + tally.moved + tally.expired + tally.lost + present('orders')).toBe(tally.sent);
  expect(present('orders-poison') + tally.poisonGone).toBe(tally.poisoned);
  expect(tally.done).toBeLessThanOrEqual(Object.keys(effects).length);
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

const params: fc.Arbitrary<Partial<Params>> = fc.record({
  vis: fc.integer({ min: 1, max: 60 }),
  work: fc.integer({ min: 1, max: 40 }),
  vary: fc.constantFrom(0, 1),
  crash: fc.constantFrom(0, 20, 100),
  tries: fc.integer({ min: 0, max: 4 }),
  workers: fc.integer({ min: 0, max: 5 }),
  rate: fc.array(fc.constantFrom(0, 0.3, 2), { minLength: 1, maxLength: 3 }),
  batch: fc.constantFrom(1, 4, 32),
  ttl: fc.constantFrom(-1, 20, 604_800),
  delay: fc.constantFrom(0, 5),
  bad: fc.constantFrom(0, 1, 3),
  extend: fc.constantFrom(0, 1),
});
const acts = fc.array(
  fc
    .tuple(
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom<Input>(
        ...(
          [
            'send',
            'receive',
            'peek',
            'count',
            'delete',
            'deleteOld',
            'extend',
            'redrive',
            'slip',
            'addWorker',
            'removeWorker',
          ] as const
        ).map((act) => ({ act, at: 0 })),
        { act: 'burst', count: 9, at: 0 },
        { act: 'note', part: 2, at: 0 },
        { act: 'note', part: 0, at: 0 },
        { act: 'crash', worker: 0, at: 0 },
        { act: 'crash', worker: 1, at: 0 },
        { act: 'set', name: 'workers', value: 2, at: 0 },
        { act: 'set', name: 'rate', value: [1, 1, 1], at: 0 },
      ),
    )
    .map(([second, act]): Input => ({ ...act, at: second * 1000 })),
  { maxLength: 6 },
);
const runs = fc
  .record({
    params: params.filter(({ delay = 0, ttl = -1 }) => ttl < 0 || delay < ttl),
    inputs: acts,
    seed: fc.nat(9999),
  })
  .map(
    ({ params: change, inputs, seed }): Run => ({
      ...newRun(change, seed),
      inputs: inputs.toSorted((a, b) => a.at - b.at),
    }),
  );

test('the world is what the service holds, and its ledger adds up, whatever is set and done', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async (run) => {
      const engine = await createEngine(run);
      for (let at = 0; at <= MINUTE; at += 7500) {
        await engine.advance(at);
        expect(known(engine.world).toSorted()).toEqual(stored(engine.checkpoint()).toSorted());
        holds(engine.world);
      }
    }),
    { numRuns: 40 },
  );
});

test('a run that goes on from a checkpoint is the run itself', async () => {
  await fc.assert(
    fc.asyncProperty(runs, fc.nat(50_000), async (run, at) => {
      const engine = await createEngine(run);
      await engine.advance(at);
      const from = engine.checkpoint();
      const rest = await engine.advance(MINUTE);
      const other = await createEngine(run, { from: structuredClone(from) });
      expect(await other.advance(MINUTE)).toEqual(rest);
      expect(other.world).toEqual(engine.world);
    }),
    { numRuns: 15 },
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

test('one worker more does not change when orders come', async () => {
  const arrivals = async (change: Partial<Params>) => {
    const { events } = await play({ ...busy(), params: { ...busy().params, ...change } }, MINUTE);
    return events
      .filter((event) => event.what === 'asked' && event.actor.startsWith('producer'))
      .map(({ at, what, ...rest }) => [at, 'request' in rest && rest.request]);
  };
  const usual = await arrivals({});
  expect(usual.length).toBeGreaterThan(50);
  expect(await arrivals({ workers: 9, crash: 90, vis: 3 })).toEqual(usual);
});

const scenarios: Record<string, (seed: number) => Run> = {
  busy,
  'slow work with extension': (seed) =>
    newRun({ rate: [0.2], workers: 3, work: 50, vis: 20, extend: 1, crash: 10 }, seed),
  'a person among workers': (seed) => ({
    ...newRun({ rate: [0.3], workers: 1, batch: 8, vis: 20, work: 9, bad: 2, tries: 2 }, seed),
    inputs: [
      { at: 2000, act: 'burst', count: 30 },
      { at: 5000, act: 'receive' },
      { at: 9000, act: 'extend' },
      { at: 20_000, act: 'set', name: 'vis', value: 5 },
      { at: 30_000, act: 'deleteOld' },
      { at: 90_000, act: 'redrive' },
    ],
  }),
};
test.each(Object.keys(scenarios).flatMap((name) => [42, 7, 4711].map((seed) => [name, seed] as const)))(
  'the log of "%s" is the same on every machine (seed %i)',
  async (name, seed) => {
    const run = scenarios[name]?.(seed) ?? busy(seed);
    const bySas = logHash((await play(run, 3 * MINUTE)).events);
    expect(bySas).toMatchSnapshot();
    if (seed === 42) expect(logHash((await play(run, 3 * MINUTE, 'key')).events)).toBe(bySas);
  },
);
