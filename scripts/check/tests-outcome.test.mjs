import { expect, test } from 'vitest';
import { namedTests, playwrightOutcome } from './tests-outcome.mjs';

/** @param {string} message */
const attempt = (message) => ({ error: { message } });
/** @param {string} title @param {string} status @param {object[]} results */
const spec = (title, status, results = [{}]) => ({ title, file: 'a.spec.ts', line: 7, tests: [{ status, results }] });

test('reads how a run of Playwright ended, suites in suites included', () => {
  const report = {
    suites: [
      {
        specs: [spec('works', 'expected'), spec('breaks', 'unexpected', [attempt('one'), attempt('two')])],
        suites: [{ specs: [spec('wavers', 'flaky', [attempt('late'), {}]), spec('waits', 'skipped')] }],
      },
    ],
  };

  expect(playwrightOutcome(report)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    failures: [{ name: 'a.spec.ts:7 › breaks', why: 'one' }],
    secondTries: [{ name: 'a.spec.ts:7 › wavers', why: 'late' }],
  });
});

test('names what failed and what needed a second try, with the start of the error', () => {
  const none = { passed: 1, failed: 0, skipped: 0, failures: [], secondTries: [] };
  const why = ['\u001B[31mError: no\u001B[39m', '', ...Array.from({ length: 20 }, (_, line) => `line ${line}`)].join(
    '\n',
  );

  expect(namedTests([none, undefined])).toEqual([]);
  expect(
    namedTests([
      { ...none, failures: [{ name: 'a', why }] },
      { ...none, secondTries: [{ name: 'b', why: '' }] },
    ]),
  ).toEqual([
    'Failed: a',
    '    Error: no',
    ...[0, 1, 2, 3, 4].map((line) => `    line ${line}`),
    'Passed on a second try: b',
  ]);
});
