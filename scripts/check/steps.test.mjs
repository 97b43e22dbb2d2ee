import { expect, test, vi } from 'vitest';
import { countsText, runSteps, totalCounts } from './steps.mjs';

const seconds = 1;
const tests = { passed: 4, failed: 0, skipped: 1, failures: [], secondTries: [] };

test('adds up the tests of every runner', () => {
  const outcomes = [
    { name: 'Unit tests', ok: true, seconds, tests },
    { name: 'Lint', ok: true, seconds },
    { name: 'End-to-end tests', ok: false, seconds, tests: { ...tests, passed: 2, failed: 3, skipped: 0 } },
  ];

  expect(totalCounts(outcomes)).toEqual({ passed: 6, failed: 3, skipped: 1 });
});

test('a step that fails without a failed test counts as one failure', () => {
  const outcomes = [
    { name: 'Lint', ok: false, seconds },
    { name: 'Unit tests', ok: false, seconds, tests },
  ];

  expect(totalCounts(outcomes)).toEqual({ passed: 4, failed: 2, skipped: 1 });
});

test('the closing line names skipped tests only when there are any', () => {
  expect(countsText({ passed: 5, failed: 0, skipped: 0 })).toBe('5 passed, 0 failed');
  expect(countsText(tests)).toBe('4 passed, 0 failed, 1 skipped');
});

test('quiet steps run at the same time, all others after one another, and each is told in its order', async () => {
  const told = vi.spyOn(console, 'log').mockReturnValue();
  /** @type {string[]} */
  const events = [];
  /** @type {(() => void)[]} */
  const ends = [];
  /** @param {string} name @param {boolean} [isQuiet] */
  const step = (name, isQuiet = true) => ({
    name,
    isQuiet,
    run: async () => {
      events.push(`${name} begins`);
      if (name === 'a') await new Promise((resolve) => ends.push(() => resolve(undefined)));
      events.push(`${name} ends`);
      return name === 'b' ? 1 : 0;
    },
  });
  const all = runSteps([step('a'), step('b'), step('c', false), step('d')]);
  await vi.waitFor(() => expect(events).toContain('b ends'));
  ends[0]?.();
  const outcomes = await all;
  expect(events).toEqual(['a begins', 'b begins', 'b ends', 'a ends', 'c begins', 'c ends', 'd begins', 'd ends']);
  expect(outcomes.map(({ name, ok }) => [name, ok])).toEqual([
    ['a', true],
    ['b', false],
    ['c', true],
    ['d', true],
  ]);
  expect(told.mock.calls.map(([line]) => String(line).slice(2, 3))).toEqual(['a', 'b', 'c', 'd']);
  told.mockRestore();
});
