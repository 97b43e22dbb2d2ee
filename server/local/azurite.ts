import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EMULATOR } from '../../src/azure/protocol/emulator';

const PROGRAM = fileURLToPath(new URL('azurite-process.mjs', import.meta.url));
const HOST = '127.0.0.1';

/** Milliseconds for it to answer, and to write its data down when told to stop. */
const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 3000;

export type Azurite = {
  /** Its queue endpoint, ending in the account. */
  url: string;
  port: number;
  pid: number;
  /** Settles when it has ended, asked or not, with how. */
  ended: Promise<string>;
  /** Ends it, by force after 3 s; may be called again. */
  stop: () => Promise<void>;
  /** Where the clock that `clock` brought is read (`GET`) and moved (`POST /advance?ms=`); else empty. */
  clock: string;
};

type Options = {
  /** Folder for its data, in memory without one. */
  location?: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** For tests: the address of a module that is loaded before Azurite, holds its clock, and tells the port to move it by. */
  clock?: string;
  /** Files of a certificate and its key, with which it also takes access tokens, whose signature it does not look at. */
  https?: { cert: string; key: string };
};

/**
 * Starts Azurite's queue service on loopback, and waits until it listens. It ends with this process.
 * @throws Error in its own words, when it does not start; `code` is `EADDRINUSE` when the port is taken
 */
export async function startAzurite({ location, port = 0, clock: module, https }: Options = {}): Promise<Azurite> {
  const storage = location === undefined ? ['--inMemoryPersistence'] : ['--location', location];
  const quiet = ['--silent', '--disableTelemetry'];
  // The official client speaks a newer version than Azurite knows by name.
  const secure = https ? ['--cert', https.cert, '--key', https.key, '--oauth', 'basic'] : [];
  const where = ['--queueHost', HOST, '--queuePort', String(port)];
  const child = fork(PROGRAM, [...storage, ...quiet, ...secure, '--skipApiVersionCheck', ...where], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(module !== undefined && { execArgv: ['--import', module] }),
  });
  const clock = new Promise<string>((resolve) => {
    if (module === undefined) resolve('');
    else child.once('message', (message) => resolve(`http://${HOST}:${Reflect.get(Object(message), 'clockPort')}`));
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const stop = async () => {
    if (child.connected) child.send('shutdown');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(force);
  };

  try {
    const bound = await listening(child, ended);
    const url = `${https ? 'https' : 'http'}://${HOST}:${bound}/${EMULATOR.account}`;
    return { url, port: bound, pid: child.pid ?? 0, ended, stop, clock: await clock };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port that it says to listen on. */
async function listening(child: ChildProcess, ended: Promise<string>): Promise<number> {
  let said = '';
  const port = new Promise<number>((resolve) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const match = /successfully listens on \S+:(\d+)/.exec(said);
      if (match) resolve(Number(match[1]));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
  const late = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  const first = await Promise.race([port, ended]);
  clearTimeout(late);
  if (typeof first === 'number') return first;

  const words = /unhandled error: (.*)/.exec(said)?.[1] ?? said.trim();
  const code = said.includes('EADDRINUSE') ? 'EADDRINUSE' : undefined;
  throw Object.assign(new Error(`Azurite ended (${first}): ${words}`), { code });
}
