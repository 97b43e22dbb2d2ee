import { beforeAll, describe, expect, inject, test } from 'vitest';
import { type Difference, differences, inBrief } from './histories/differences.fixture';
import { createPair, outcomeOf, type Pair } from './histories/pair.fixture';
import { runHistories } from './histories/run-histories.fixture';

const OPERATIONS = 2000;

let pair: Pair;
beforeAll(async () => {
  pair = await createPair(inject('steadyAzurite'));
});

test('both services stand at the same instant and are moved together', async () => {
  const dates = async () =>
    Promise.all(
      [pair.sandbox, pair.azurite].map(async ({ connection, fetch }) => {
        // A request without credentials is refused, and still answered at some time.
        const response = await fetch(`${connection.endpoint}/?comp=list`, {
          headers: { 'x-ms-version': '2024-11-04' },
        });
        return Date.parse(/\nTime:([^<]+)/.exec(await response.text())?.[1] ?? '');
      }),
    );
  const [before = 0] = await dates();
  expect(await dates()).toEqual([before, before]);
  await pair.advance(1234);
  expect(await dates()).toEqual([before + 1234, before + 1234]);
});

test('random histories come out the same at the sandbox and at Azurite', async ({ annotate }) => {
  const seed = Math.floor(Math.random() * 2 ** 30);
  const { operations, histories, tolerated } = await runHistories(pair, { operations: OPERATIONS, seed });
  expect(operations).toBeGreaterThanOrEqual(OPERATIONS);
  await annotate(`${operations} operations in ${histories} histories; ${[...tolerated].join(' · ')}`);
}, 120_000);

describe('a named difference is one: the sandbox follows Azure where Azurite does not', () => {
  let number = 0;

  test.each<[string, Difference]>(Object.entries(differences))('%s', async (_, difference) => {
    const queue = `difference-${++number}`;
    const found: unknown[] = [];
    for (const party of [pair.sandbox, pair.azurite]) {
      await party.account.createQueue(queue);
      found.push(inBrief(await outcomeOf(party, () => difference.show(party, { queue, pair }))));
      await party.account.deleteQueue(queue).catch(() => {});
    }
    expect(found).toEqual([difference.sandbox, difference.azurite]);
  });
});
