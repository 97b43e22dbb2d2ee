import { join } from 'node:path';
import { openBrowser } from '../kills/browser.mjs';
import { operatorAt } from './operator.mjs';

const VIEWPORT = { width: 1440, height: 900 };

/** @typedef {Awaited<ReturnType<typeof openDesk>>} Desk */

/**
 * The browser of the operator, on a profile that outlives it, with the page open.
 * @param {import('./stage.mjs').Stage} stage
 */
export async function openDesk({ folder, address }) {
  const profile = join(folder, 'profile');
  /** What was done since the night began. @type {string[]} */
  const actions = [];
  const sit = async () => {
    const browser = await openBrowser(profile);
    const page = await browser.context.newPage();
    await page.setViewportSize(VIEWPORT);
    const operator = await operatorAt(page, actions);
    await operator.open(address);
    return { browser, operator };
  };
  let now = await sit();
  return {
    actions,
    /** The person in front of the page that is open now. */
    get operator() {
      return now.operator;
    },
    /** Kills the browser with all that is in its memory, and visits the page again. */
    async killAndComeBack() {
      await now.browser.kill();
      now = await sit();
    },
    close: () => now.browser.kill(),
  };
}
