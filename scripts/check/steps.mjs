import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, ROOT } from '../../server/command.mjs';
import { tool } from '../run/tool.mjs';
import { playwrightOutcome } from './tests-outcome.mjs';

/** @typedef {import('./tests-outcome.mjs').TestsOutcome} TestsOutcome */
/** @typedef {Pick<TestsOutcome, 'passed' | 'failed' | 'skipped'>} Counts of tests */
/** @typedef {{ name: string, run: (report: string) => Promise<number>, read?: (report: any) => TestsOutcome, isQuiet?: boolean }} Step
 *   `run` settles with an exit code, and leaves a JSON report that `read` understands; a quiet one writes nothing unless it fails */
/** @typedef {{ name: string, ok: boolean, seconds: number, tests?: TestsOutcome | undefined }} Outcome */

/** @param {string} project @param {NodeJS.ProcessEnv} [env] @returns {Step['run']} */
const vitest = (project, env) => (report) =>
  tool(
    'vitest/vitest.mjs',
    ['run', `--project=${project}`, '--reporter=default', '--reporter=./scripts/check/vitest-outcomes.mjs'],
    { env: { ...env, QUEUESCOPE_OUTCOMES: report } },
  );

/** @type {Step['read']} */
const asWritten = (report) => report;

/** @param {string} name @param {string} file of the tool @param {string[]} args @returns {Step} */
const quietly = (name, file, ...args) => ({ name, isQuiet: true, run: () => tool(file, args, { quiet: true }) });

/** What needs no browser: types, rules, form, dead code and the unit tests. @type {Step[]} */
export const CHECKS = [
  quietly('Types of the page', 'typescript/bin/tsc', '-p', 'src'),
  quietly('Types of the scripts', 'typescript/bin/tsc', '-p', '.'),
  quietly('Lint', 'oxlint/bin/oxlint', '--type-aware', '--deny-warnings'),
  quietly('Format', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  quietly('Dead code', 'knip/bin/knip.js'),
  { name: 'Unit tests', run: vitest('unit*'), read: asWritten },
];

/** @type {Step} */
export const BROWSER_TESTS = {
  name: 'Contract and component tests',
  run: vitest('!unit*', { QUEUESCOPE_BUNDLE_TESTS: '1' }),
  read: asWritten,
};

/** @type {Step} */
export const END_TO_END_TESTS = {
  name: 'End-to-end tests',
  run: (report) => endToEnd([], { QUEUESCOPE_E2E_REPORT: report }),
  read: playwrightOutcome,
};

/** Has Playwright run the tests that are tagged `@everywhere`, and no other; without it, it runs all the others. */
export const EVERYWHERE = { QUEUESCOPE_E2E_EVERYWHERE: '1' };

/** @param {string[]} args for Playwright @param {NodeJS.ProcessEnv} [env] */
export const endToEnd = (args, env = {}) =>
  tool('@playwright/test/cli.js', ['test', '--config', join('e2e', 'playwright.config.ts'), ...args], { env });

/**
 * Runs the steps one after another, a failed one included, and says in their order how each went. Quiet ones that follow one
 * another run at the same time: none of them keeps all cores busy from its start to its end.
 * @param {Step[]} steps
 * @returns {Promise<Outcome[]>}
 */
export async function runSteps(steps) {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const [index, step] of steps.entries()) {
    if (index < outcomes.length) continue;
    const end = steps.findIndex(({ isQuiet }, at) => at > index && !isQuiet);
    const together = step.isQuiet ? steps.slice(index, end < 0 ? undefined : end) : [step];
    for (const running of together.map(runStep)) {
      const outcome = await running;
      console.log(outcomeLine(outcome));
      outcomes.push(outcome);
    }
  }
  return outcomes;
}

/** @param {Step} step @returns {Promise<Outcome>} */
async function runStep({ name, run, read }) {
  const report = join(ROOT, 'node_modules', '.cache', 'queuescope', `${name.replaceAll(' ', '-')}.json`);
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const start = performance.now();
  const code = await run(report).catch((error) => {
    console.error(messageOf(error));
    return 1;
  });
  const seconds = (performance.now() - start) / 1000;
  return { name, ok: code === 0, seconds, tests: read && readReport(report, read) };
}

/**
 * @param {string} report
 * @param {NonNullable<Step['read']>} read
 * @returns {TestsOutcome | undefined} undefined when the runner ended before it wrote a report
 */
function readReport(report, read) {
  try {
    return read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return undefined;
  }
}

/** @param {Outcome} outcome */
export function outcomeLine({ name, ok, seconds, tests }) {
  const counts = tests ? `   ${countsText(tests)}` : '';
  return `${ok ? '✓' : '✗'} ${name.padEnd(30)}${seconds.toFixed(1).padStart(7)} s${counts}`;
}

/**
 * All tests together. A step that failed without naming a failed test counts as one, so that nothing fails unseen.
 * @param {Outcome[]} outcomes
 * @returns {Counts}
 */
export function totalCounts(outcomes) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { ok, tests } of outcomes) {
    total.passed += tests?.passed ?? 0;
    total.skipped += tests?.skipped ?? 0;
    total.failed += Math.max(tests?.failed ?? 0, ok ? 0 : 1);
  }
  return total;
}

/** @param {Counts} counts */
export const countsText = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
