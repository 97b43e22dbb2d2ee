import { expect, test } from 'vitest';
import { SCENARIOS } from '@/lab/run/scenarios';
import { scenarioQuery, startOf } from './start';

test('an address names a scenario, and its own settings and acts come before those of the scenario', () => {
  expect(startOf('').scenario.title).toBe('Crash and redelivery');
  const burst = startOf('scenario=burst');
  expect(burst.run.inputs).toEqual([{ act: 'burst', count: 200, at: 1000 }]);
  const own = startOf('scenario=burst&workers=2&in=s@3');
  expect([own.run.params.workers, own.run.params.work]).toEqual([2, 5]);
  expect(own.run.inputs).toEqual([{ act: 'send', at: 3000 }]);
  expect(own.problems).toEqual([]);
});

test('an unknown scenario is told, and the usual one is taken', () => {
  const { scenario, problems } = startOf(`scenario=${'x'.repeat(90)}&vis=0`);
  expect(scenario.id).toBe('crash');
  expect(problems).toEqual([
    `There is no scenario “${'x'.repeat(40)}”: Crash and redelivery is taken.`,
    'The setting "vis" goes from 1 to 604800: 1 is taken.',
  ]);
});

test('the address of each scenario opens it', () => {
  for (const scenario of SCENARIOS)
    expect(startOf(new URLSearchParams(scenarioQuery(scenario)).toString()).scenario).toBe(scenario);
});
