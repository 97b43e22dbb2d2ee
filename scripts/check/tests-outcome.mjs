/** @typedef {{ name: string, why: string }} Named a test, and what its error says */
/** @typedef {{ passed: number, failed: number, skipped: number, failures: Named[], secondTries: Named[] }} TestsOutcome */
/** @typedef {{ error?: { message?: string } }} Attempt */
/** @typedef {{ title: string, file: string, line: number, tests: { status: string, results: Attempt[] }[] }} Spec */
/** @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite */

/** ANSI colours, which errors carry. */
// oxlint-disable-next-line no-control-regex -- That is what they are made of.
const COLOURS = /\u{1B}\[[\d;]*m/gu;

/** Playwright's JSON report. @param {{ suites?: Suite[] }} report @returns {TestsOutcome} */
export function playwrightOutcome(report) {
  const tests = (report.suites ?? []).flatMap(specsOf).flatMap((spec) => spec.tests.map((test) => ({ spec, ...test })));
  const withStatus = (/** @type {string} */ status) => tests.filter((test) => test.status === status);
  const named = (/** @type {string} */ status) =>
    withStatus(status).map(({ spec, results }) => ({
      name: `${spec.file}:${spec.line} › ${spec.title}`,
      why: results.find(({ error }) => error)?.error?.message ?? '',
    }));
  return {
    passed: withStatus('expected').length + withStatus('flaky').length,
    failed: withStatus('unexpected').length,
    skipped: withStatus('skipped').length,
    failures: named('unexpected'),
    secondTries: named('flaky'),
  };
}

/** @param {Suite} suite @returns {Spec[]} */
const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

/**
 * What a reader of the last lines alone must see: each failed test with the start of its error, and each test that
 * passed only on a second try, since that is a fault in the test or in what it tests.
 * @param {(TestsOutcome | undefined)[]} outcomes
 * @returns {string[]} lines
 */
export function namedTests(outcomes) {
  const all = outcomes.flatMap((outcome) => outcome ?? []);
  return [
    ...linesOf(
      'Failed:',
      all.flatMap(({ failures }) => failures),
    ),
    ...linesOf(
      'Passed on a second try:',
      all.flatMap(({ secondTries }) => secondTries),
    ),
  ];
}

/** @param {string} head @param {Named[]} named */
const linesOf = (head, named) => named.flatMap(({ name, why }) => [`${head} ${name}`, ...firstLines(why)]);

/** @param {string} text */
const firstLines = (text) =>
  text
    .replaceAll(COLOURS, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 6)
    .map((line) => `    ${line.slice(0, 200)}`);
