import { expect, test } from 'vitest';
import { outcomesOf } from './outcomes';

test('one failure stops no other, and outcomes keep the order of the items', async () => {
  const outcomes = await outcomesOf([3, 1, 2], 2, async (item) => {
    if (item === 1) throw new Error('no');
  });
  expect(outcomes.map(({ item, error }) => [item, error instanceof Error])).toEqual([
    [3, false],
    [1, true],
    [2, false],
  ]);
});

test('no more run at a time than allowed', async () => {
  let running = 0;
  let most = 0;
  await outcomesOf([...Array(20).keys()], 8, async () => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
  });
  expect(most).toBe(8);
});

test('nothing to do is done at once', async () => {
  expect(await outcomesOf([], 8, async () => {})).toEqual([]);
});
