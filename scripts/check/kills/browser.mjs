// A browser process of our own, with a profile that outlives it: it can be killed without a word, as the power or the system does it.
import { spawn } from 'node:child_process';
import { chromium } from 'playwright';
import { resolveBrowser } from '../../testing/browser.mjs';

/** @typedef {Awaited<ReturnType<typeof openBrowser>>} OpenBrowser */

/** Ms until a browser that does not say where it listens is given up. */
const PATIENCE = 20_000;

/**
 * Starts a browser on a profile.
 * @param {string} profile folder
 */
export async function openBrowser(profile) {
  const { launch } = await resolveBrowser();
  const child = spawn(
    launch.executablePath ?? chromium.executablePath(),
    [...launch.args, '--headless', `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'], ...(launch.env && { env: launch.env }) },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The browser does not say where it listens.')), PATIENCE);
    let said = '';
    child.stderr.on('data', (/** @type {Buffer} */ data) => {
      said += String(data);
      const [, found] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(found);
    });
    child.once('exit', () => reject(new Error(`The browser ended: ${said.slice(-500)}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  if (!context) throw new Error('The browser has no window.');
  context.setDefaultTimeout(15_000);
  return {
    context,
    /** Kills the process at once: nothing in it can write another byte. */
    async kill() {
      child.kill('SIGKILL');
      await ended;
      await browser.close().catch(() => {});
    },
    isOpen: () => child.exitCode === null && child.signalCode === null,
  };
}
