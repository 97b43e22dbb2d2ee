// What must come out the same in every engine: the logs of the lab's runs, and jobs over a network that fails in each of seven ways.
import { chromium, firefox, webkit } from 'playwright';
import { faultsOnAzurite } from '../../../bench/measure/faults-on-azurite.mjs';
import { onStage } from '../../../bench/measure/stage.mjs';
import { messageOf } from '../../../server/command.mjs';
import { findBrowser } from '../../testing/engines/find.mjs';
import { openWebKit } from './webkit.mjs';

/** @typedef {import('../../testing/engines/find.mjs').Engine} Engine */
/** @typedef {import('../tests-outcome.mjs').TestsOutcome} TestsOutcome */

const TYPES = { chromium, firefox, webkit };

/** Of all requests, so many go wrong in one way; hidden answers are those that a busy service gives without CORS headers. */
const SHARE = 0.2;
/** @type {[string, Partial<import('../../testing/fault-proxy.mjs').ProxyFaults>][]} */
const SEVEN_FAULTS = [
  ['lost before', { lostBefore: SHARE }],
  ['lost after', { lostAfter: SHARE }],
  ['truncated', { truncated: SHARE }],
  ['busy', { busy: SHARE }],
  ['server errors', { serverErrors: SHARE }],
  ['delayed', { delayed: SHARE }],
  ['hidden', { busy: SHARE, hidden: 1 }],
];
const MESSAGES = 20;
/** What a browser sends at a time to one host. */
const CONCURRENCY = 6;

/** A page of an engine: by Playwright, or of WebKit over WebDriver, which goes to addresses and runs functions in the same way. @param {Engine} engine */
const openPage = (engine) => async () => {
  const found = await findBrowser(engine);
  if (found) {
    const { launchOptions, channel } = found.use;
    const browser = await TYPES[engine].launch({ ...launchOptions, ...(channel && { channel }) });
    return { page: await browser.newPage(), close: () => browser.close() };
  }
  const { session, close } = await openWebKit();
  return { page: /** @type {import('playwright').Page} */ (/** @type {unknown} */ (session)), close };
};

/** @param {Engine} engine @returns {Promise<TestsOutcome>} */
export async function sameInEveryEngine(engine) {
  /** @type {TestsOutcome} */
  const outcome = { passed: 0, failed: 0, skipped: 0, failures: [], secondTries: [] };
  /** @param {string} name @param {() => Promise<readonly string[]>} work gives what is wrong */
  async function check(name, work) {
    const wrong = await work().catch((error) => [messageOf(error)]);
    console.log(`${wrong.length === 0 ? '✓' : '✗'} ${engine}: ${name}`);
    if (wrong.length === 0) outcome.passed++;
    else {
      outcome.failed++;
      outcome.failures.push({ name: `${engine}: ${name}`, why: wrong.join('\n') });
    }
  }

  const seed = Math.floor(Math.random() * 2 ** 30);
  await onStage(async ({ bench, page }) => {
    await page.goto(bench);
    await check('nine runs of the lab have the logs that they have everywhere', async () => {
      const { runs, others } = await page.evaluate(async (script) => {
        /** @type {typeof import('../../../bench/page/lab-runs.ts')} */
        const { otherLogs } = await import(script);
        return otherLogs();
      }, `${bench}/lab-runs.js`);
      return runs === 9 ? others : [`${runs} runs`];
    });
    for (const [name, faults] of SEVEN_FAULTS)
      await check(`a move with one request in five ${name} loses nothing, seed ${seed}`, async () => {
        const work = { operation: /** @type {const} */ ('move'), name, faults, messages: MESSAGES, seed };
        const { violations } = await faultsOnAzurite({ page, bench }, { ...work, concurrency: CONCURRENCY });
        return violations;
      });
  }, openPage(engine));
  return outcome;
}
