import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { resolveBrowser } from '../../scripts/testing/browser.mjs';

/** Starts the local server with its relay in a process of its own. @param {string} folder of bench pages */
export async function startLocalServer(folder) {
  const server = fork(fileURLToPath(new URL('local-server.mjs', import.meta.url)), [folder]);
  const [{ url }] = /** @type {[{ url: string }]} */ (await once(server, 'message'));
  return {
    url,
    stop() {
      if (server.connected) server.disconnect();
    },
  };
}

/**
 * Starts Chromium without a debugger, which would tell the bench of each request and so slow both down: `page/told.html` asks what
 * to run. @param {string} url of the folder of bench pages
 */
export async function unwatchedChromium(url) {
  /** @type {unknown[]} */
  const told = [];
  /** @type {((told: unknown) => void) | undefined} */
  let asking;
  /** @type {((result: { value?: any, error?: string }) => void) | undefined} */
  let answered;
  const control = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.url === '/next') {
      asking = (next) => response.end(JSON.stringify(next));
      return hand();
    }
    let text = '';
    request.on('data', (piece) => (text += piece));
    request.on('end', () => {
      response.end();
      answered?.(JSON.parse(text));
    });
  });
  await new Promise((done) => control.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (control.address());
  const hash = `#${encodeURIComponent(`http://127.0.0.1:${port}`)}`;
  const profile = mkdtempSync(join(tmpdir(), 'queuescope-bench-profile-'));
  const { launch } = await resolveBrowser();
  const browser = spawn(
    launch.executablePath ?? chromium.executablePath(),
    [...launch.args, '--headless=new', '--disable-gpu', `--user-data-dir=${profile}`, `${url}/told.html?0${hash}`],
    { stdio: 'ignore', env: { ...process.env, ...launch.env } },
  );
  let pages = 0;

  function hand() {
    if (!asking || told.length === 0) return;
    const say = asking;
    asking = undefined;
    say(told.shift());
  }

  return {
    /**
     * Calls a function of a module in a page that is new. @param {string} script beside the page @param {string} call @param {unknown} given
     * @returns {Promise<any>} @throws {Error} with what the function throws
     */
    run(script, call, given) {
      told.push({ go: `${url}/told.html?${++pages}` }, { script: `${url}/${script}`, call, given });
      const result = new Promise((done, failed) => {
        answered = ({ value, error }) => (error === undefined ? done(value) : failed(new Error(error)));
      });
      hand();
      return result;
    },
    async close() {
      const ended = once(browser, 'exit');
      browser.kill();
      await ended;
      control.closeAllConnections();
      control.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
