import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ACCOUNT } from './emulator-account.mjs';

const PROGRAM = fileURLToPath(new URL('azurite-process.mjs', import.meta.url));
const STEADY_CLOCK = new URL('steady-clock.mjs', import.meta.url).href;
const HOST = '127.0.0.1';

/** Milliseconds for it to answer, and to write its data down when told to stop. */
const START_PATIENCE = 20_000;
const STOP_PATIENCE = 3000;

/**
 * @typedef {object} Azurite
 * @property {string} url its queue endpoint, ending in the account
 * @property {number} port
 * @property {number} pid
 * @property {Promise<string>} ended settles when it has ended, asked or not, with how
 * @property {() => Promise<void>} stop ends it, by force after 3 s; may be called again
 * @property {string} clock where the clock of a steady or movable one is read (`GET`) and moved (`POST /advance?ms=`); else empty
 */

/**
 * Starts Azurite's queue service on loopback, and waits until it listens. It ends with this process.
 * @param {{ location?: string, port?: number, steady?: boolean, movable?: boolean, https?: { cert: string, key: string } }} [options] `location`: folder
 *   for its data, in memory without one; `port`: 0, the default, takes a free one; `steady`: its clock stands still until it is moved, `movable`: it
 *   goes on and can be moved too, both for tests; `https`: files of a certificate and its key, with which it also takes access tokens, whose
 *   signature it does not look at
 * @returns {Promise<Azurite>}
 * @throws {Error} its own words, when it does not start; `code` is `EADDRINUSE` when the port is taken
 */
export async function startAzurite({ location, port = 0, steady = false, movable = false, https } = {}) {
  const storage = location === undefined ? ['--inMemoryPersistence'] : ['--location', location];
  const quiet = ['--silent', '--disableTelemetry'];
  // The official client speaks a newer version than Azurite knows by name.
  const secure = https ? ['--cert', https.cert, '--key', https.key, '--oauth', 'basic'] : [];
  const flags = [
    ...storage,
    ...quiet,
    ...secure,
    '--skipApiVersionCheck',
    '--queueHost',
    HOST,
    '--queuePort',
    String(port),
  ];
  const hasClock = steady || movable;
  const child = fork(PROGRAM, flags, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(hasClock && { execArgv: ['--import', movable ? `${STEADY_CLOCK}?running` : STEADY_CLOCK] }),
  });
  /** @type {Promise<string>} */
  const clock = new Promise((resolve) => {
    if (!hasClock) resolve('');
    else child.once('message', (message) => resolve(`http://${HOST}:${Reflect.get(Object(message), 'clockPort')}`));
  });

  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const stop = async () => {
    if (child.connected) child.send('shutdown');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
    await ended;
    clearTimeout(force);
  };

  try {
    const bound = await listening(child, ended);
    const url = `${https ? 'https' : 'http'}://${HOST}:${bound}/${ACCOUNT}`;
    return { url, port: bound, pid: child.pid ?? 0, ended, stop, clock: await clock };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<string>} ended
 * @returns {Promise<number>} the port it says to listen on
 */
async function listening(child, ended) {
  let said = '';
  /** @type {Promise<number>} */
  const port = new Promise((resolve) => {
    const read = (/** @type {Buffer} */ chunk) => {
      said += chunk.toString();
      const match = /successfully listens on \S+:(\d+)/.exec(said);
      if (match) resolve(Number(match[1]));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
  const late = setTimeout(() => child.kill('SIGKILL'), START_PATIENCE);
  const first = await Promise.race([port, ended]);
  clearTimeout(late);
  if (typeof first === 'number') return first;

  const words = /unhandled error: (.*)/.exec(said)?.[1] ?? said.trim();
  const code = said.includes('EADDRINUSE') ? 'EADDRINUSE' : undefined;
  throw Object.assign(new Error(`Azurite ended (${first}): ${words}`), { code });
}
