import { expect, test } from 'vitest';
import { countsText, totalCounts } from './steps.mjs';

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
