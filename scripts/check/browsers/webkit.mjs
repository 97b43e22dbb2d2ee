// WebKitGTK's MiniBrowser, driven over WebDriver. It has no headless mode: without a display it gets a virtual one.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Refusal } from '../../../server/command.mjs';
import { findWebKitDriver } from '../../testing/engines/find.mjs';
import { openSession } from './webdriver.mjs';

/** Where Debian has the libraries of each architecture, with MiniBrowser among them. */
const LIBRARIES = '/usr/lib';
const VERSIONS = ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'];

/** Ms until a program that does not begin is given up. */
const PATIENCE = 20_000;
const WINDOW = { width: 1440, height: 940 };

/**
 * Opens WebKit.
 * @returns {Promise<{ session: import('./webdriver.mjs').Session, close: () => Promise<void> }>}
 * @throws {Refusal} when MiniBrowser or, without a display, Xvfb is missing
 */
export async function openWebKit() {
  const driver = findWebKitDriver();
  const browser = findMiniBrowser();
  if (!driver || !browser) throw new Refusal('WebKitWebDriver is here, and its MiniBrowser is not.');
  /** @type {(() => unknown)[]} */
  const undo = [];
  const close = async () => {
    for (const step of undo.toReversed()) await step();
  };
  try {
    const display = process.env['DISPLAY'] ?? (await startDisplay(undo));
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    startProgram(undo, driver, [`--port=${port}`, '--host=127.0.0.1'], { DISPLAY: display });
    await answering(`${address}/status`);
    const session = await openSession(address, {
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
    });
    undo.push(() => session.close());
    await session.resize(WINDOW.width, WINDOW.height);
    return { session, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @returns {string | undefined} */
const findMiniBrowser = () =>
  readdirSync(LIBRARIES)
    .flatMap((folder) => VERSIONS.map((version) => join(LIBRARIES, folder, version, 'MiniBrowser')))
    .find((path) => existsSync(path));

/** Starts a virtual display of the first free number. @param {(() => unknown)[]} undo */
async function startDisplay(undo) {
  const child = startProgram(undo, 'Xvfb', ['-displayfd', '3', '-screen', '0', '1440x960x24', '-nolisten', 'tcp'], {});
  const told = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
  const number = await new Promise((resolve, reject) => {
    told.once('data', (data) => resolve(String(data).trim()));
    child.once('error', () => reject(new Refusal('There is no display and no Xvfb: install the package xvfb.')));
    child.once('exit', () => reject(new Error('Xvfb ended.')));
  });
  return `:${number}`;
}

/** @param {(() => unknown)[]} undo @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} env */
function startProgram(undo, program, args, env) {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  undo.push(() => {
    child.kill();
    return ended;
  });
  return child;
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/** @param {string} url @throws {Error} when nothing answers there in time */
async function answering(url) {
  const end = Date.now() + PATIENCE;
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (Date.now() > end) throw new Error(`Nothing answers at ${url}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
