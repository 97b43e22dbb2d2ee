import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, ROOT, tool } from './command.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts of tests */
/** @typedef {{ name: string, run: (report: string) => Promise<number>, counts?: (report: Report) => Counts }} Step
 *   `run` settles with an exit code, and leaves a JSON report where `counts` reads it */
/** @typedef {{ name: string, ok: boolean, seconds: number, counts?: Counts | undefined }} Outcome */
/** @typedef {Record<string, number> & { stats?: Record<string, number> }} Report as Vitest or Playwright writes it */

/** @param {string[]} args @returns {Step['run']} */
const vitest =
  (...args) =>
  (report) =>
    tool('vitest/vitest.mjs', ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);

/** @type {Step['counts']} */
const vitestCounts = ({ numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 }) => ({
  passed: numPassedTests,
  failed: numFailedTests,
  skipped: numPendingTests + numTodoTests,
});

const quiet = { quiet: true };

/** What needs no browser: types, rules, form, dead code and the unit tests. @type {Step[]} */
export const CHECKS = [
  { name: 'Types of the page', run: () => tool('typescript/bin/tsc', ['-p', 'src'], quiet) },
  { name: 'Types of the scripts', run: () => tool('typescript/bin/tsc', ['-p', '.'], quiet) },
  { name: 'Lint', run: () => tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings'], quiet) },
  { name: 'Format', run: () => tool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings'], quiet) },
  { name: 'Dead code', run: () => tool('knip/bin/knip.js', [], quiet) },
  { name: 'Unit tests', run: vitest('--project=unit'), counts: vitestCounts },
];

/** @type {Step} */
export const BROWSER_TESTS = {
  name: 'Contract and component tests',
  run: vitest('--project=!unit'),
  counts: vitestCounts,
};

/** @type {Step} */
export const END_TO_END_TESTS = {
  name: 'End-to-end tests',
  run: (report) => endToEnd([], { QUEUESCOPE_E2E_REPORT: report }),
  counts: ({ stats: { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = {} }) => ({
    passed: expected + flaky,
    failed: unexpected,
    skipped,
  }),
};

/** @param {string[]} args for Playwright @param {NodeJS.ProcessEnv} [env] */
export const endToEnd = (args, env = {}) =>
  tool('@playwright/test/cli.js', ['test', '--config', join('e2e', 'playwright.config.ts'), ...args], { env });

/**
 * Runs the steps one after another, a failed one included, and says how each went.
 * @param {Step[]} steps
 * @returns {Promise<Outcome[]>}
 */
export async function runSteps(steps) {
  const outcomes = [];
  for (const step of steps) {
    const outcome = await runStep(step);
    console.log(outcomeLine(outcome));
    outcomes.push(outcome);
  }
  return outcomes;
}

/** @param {Step} step @returns {Promise<Outcome>} */
async function runStep({ name, run, counts }) {
  const report = join(ROOT, 'node_modules', '.cache', 'queuescope', `${name.replaceAll(' ', '-')}.json`);
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const start = performance.now();
  const code = await run(report).catch((error) => {
    console.error(messageOf(error));
    return 1;
  });
  const seconds = (performance.now() - start) / 1000;
  return { name, ok: code === 0, seconds, counts: counts && readCounts(report, counts) };
}

/**
 * @param {string} report
 * @param {NonNullable<Step['counts']>} counts
 * @returns {Counts | undefined} undefined when the runner ended before it wrote a report
 */
function readCounts(report, counts) {
  try {
    return counts(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return undefined;
  }
}

/** @param {Outcome} outcome */
export function outcomeLine({ name, ok, seconds, counts }) {
  const tests = counts ? `   ${countsText(counts)}` : '';
  return `${ok ? '✓' : '✗'} ${name.padEnd(30)}${seconds.toFixed(1).padStart(7)} s${tests}`;
}

/**
 * All tests together. A step that failed without naming a failed test counts as one, so that nothing fails unseen.
 * @param {Outcome[]} outcomes
 * @returns {Counts}
 */
export function totalCounts(outcomes) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { ok, counts } of outcomes) {
    total.passed += counts?.passed ?? 0;
    total.skipped += counts?.skipped ?? 0;
    total.failed += Math.max(counts?.failed ?? 0, ok ? 0 : 1);
  }
  return total;
}

/** @param {Counts} counts */
export const countsText = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
