import { expect, test } from 'vitest';
import type { LabEvent } from '../film/lab-event';
import { readRun, writeRun } from '../run/run';
import { runOfScenario, SCENARIOS, type Scenario } from '../run/scenarios';
import { createEngine } from './engine';

async function play(id: (typeof SCENARIOS)[number]['id'], seconds: number) {
  const scenario = SCENARIOS.find((one) => one.id === id) as Scenario;
  const engine = await createEngine(runOfScenario(scenario));
  const events = await engine.advance(seconds * 1000);
  const { tally, effects, messages } = engine.world;
  const { twice } = effects;
  return { events, tally, twice, messages: Object.values(messages) };
}

const refusedAsBad = (events: readonly LabEvent[]) =>
  events.some((event) => event.what === 'answered' && !event.reply.ok && event.reply.status === 400);

test('each scenario is an address of its own, and asks nothing of the service that it must refuse', async () => {
  expect(new Set(SCENARIOS.map(({ id }) => id)).size).toBe(SCENARIOS.length);
  for (const scenario of SCENARIOS) {
    const run = runOfScenario(scenario);
    const { run: read, problems } = readRun(writeRun(run));
    expect([read, problems]).toEqual([run, []]);
    const { events, tally } = await play(scenario.id, 60);
    expect(refusedAsBad(events)).toBe(false);
    expect(tally.sent).toBeGreaterThan(0);
  }
});

test('what a scenario says is to be seen, is seen', async () => {
  const steady = await play('steady', 180);
  expect([steady.twice, steady.messages.length < 8, steady.tally.done > 60]).toEqual([0, true, true]);
  const hidden = await play('hidden', 30);
  expect(hidden.messages.filter(({ isVisible }) => !isVisible).length).toBeGreaterThan(10);
  const crash = await play('crash', 300);
  expect(crash.events.some((event) => event.what === 'noted' && event.note.what === 'crashed')).toBe(true);
  expect(crash.tally.lost).toBe(0);
  expect((await play('slow', 180)).twice).toBeGreaterThan(3);
  expect((await play('extend', 180)).twice).toBe(0);
  expect((await play('poison', 120)).tally.poisoned).toBeGreaterThan(2);
  const burst = await play('burst', 600);
  expect([burst.tally.sent, burst.messages.length]).toEqual([200, 0]);
});

test('a named worker leaves and the others stay, and the address says which', async () => {
  const { run, problems } = readRun(new URLSearchParams('workers=3&rate=0&in=v2@1,v@2,v0@3'));
  expect(run.inputs).toEqual([
    { act: 'removeWorker', worker: 2, at: 1000 },
    { act: 'removeWorker', at: 2000 },
  ]);
  expect(problems).toHaveLength(1);
  expect(writeRun(run).get('in')).toBe('v2@1,v@2');
  const engine = await createEngine(run);
  await engine.advance(1900);
  const there = () =>
    Object.entries(engine.world.actors).flatMap(([name, { phase }]) =>
      name.startsWith('worker') && phase !== 'gone' ? [name] : [],
    );
  expect(there()).toEqual(['worker 1', 'worker 3']);
  await engine.advance(8000);
  expect(there()).toEqual(['worker 1']);
});
