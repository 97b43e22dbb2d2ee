import { createServer } from 'node:http';
import { command, DIST, isProgram, Refusal } from './command.mjs';
import { POLICY } from './csp.mjs';
import { parseFlags, portOf, RELAY_FLAGS, relayHostsOf } from './flags.mjs';
import { settingsFrom } from './page-settings.mjs';
import { createRelay } from './relay.mjs';
import { staticFiles } from './static-files.mjs';

const HOST = '127.0.0.1';

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // The window in which people sign in, which this page opens, has to be able to close itself.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()',
};

/** Milliseconds for a request to arrive, so that nobody keeps connections busy by being slow. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2000 };

/**
 * What the page may know of the queue service beside it, served as `/local.json`. No key: the emulator's is public.
 * @typedef {object} LocalService
 * @property {string} queueEndpoint such as `http://127.0.0.1:10001/devstoreaccount1`
 * @property {string} account
 */

/** @typedef {{ url: string, port: number, stop: () => Promise<void> }} PageServer `url` is an origin: no trailing slash */

/**
 * Serves the production build on loopback.
 * @param {{ port?: number, folder?: string, local?: () => LocalService | undefined, relay?: ReturnType<typeof createRelay> | undefined, settings?: import('./page-settings.mjs').PageSettings | undefined }} [options]
 *   `port`: 0, the default, takes a free one; `folder`: of the build; `local`: asked at each request for `/local.json`,
 *   which is a 404 without it, as on any static host; `relay`: passes requests on to accounts, none without it;
 *   `settings`: served as `/queuescope.json`, else a 404
 * @returns {Promise<PageServer>}
 * @throws {Error} with `code` `EADDRINUSE` when the port is taken
 */
export async function serve({ port = 0, folder = DIST, local, relay, settings = settingsFrom(process.env) } = {}) {
  const files = staticFiles(folder);
  const server = createServer(PATIENCE, (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (relay?.(request, response, request.socket.localPort ?? 0)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else if (request.url === '/local.json') answerJson(response, local?.());
    else if (request.url === '/queuescope.json' && settings) answerJson(response, settings);
    else files(request, response);
  });
  return bind(server, port);
}

/**
 * Listens on loopback.
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<PageServer>}
 */
export async function bind(server, port) {
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server.off('error', reject)));
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const stop = () =>
    new Promise((/** @type {(value: void) => void} */ resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${HOST}:${bound}`, port: bound, stop };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {object | undefined} value nothing is a 404
 */
export function answerJson(response, value) {
  if (!value) response.writeHead(404).end();
  else
    response
      .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(value));
}

/** The usual port of the page; the ones after it serve a second and a third `npm start`. */
const USUAL_PORT = 5190;
const TRIES = 20;

/**
 * Listens on the port that was asked for, or else on the first free one from the usual one on.
 * @template T
 * @param {number | undefined} asked
 * @param {(port: number) => Promise<T>} listen
 * @returns {Promise<T>}
 * @throws {Refusal} when the asked port is taken, or forbidden
 */
export async function listenOn(asked, listen) {
  for (let port = asked ?? USUAL_PORT; ; port++) {
    try {
      return await listen(port);
    } catch (error) {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
      const why = code === 'EACCES' ? 'may not be used by this user' : 'is in use by another program';
      if (asked !== undefined) throw new Refusal(`Port ${asked} ${why}: leave out --port, or name another.`);
      console.log(`Port ${port} ${why}: trying the next.`);
      if (port === USUAL_PORT + TRIES) throw new Refusal(`Ports ${USUAL_PORT} to ${port} are all in use: use --port.`);
    }
  }
}

if (isProgram(import.meta.url)) {
  await command(async () => {
    const { port: asked, ...flags } = parseFlags(
      { port: { type: 'string' }, ...RELAY_FLAGS },
      'The flags are --port N, --relay-host HOST and --no-relay.',
    );
    const hosts = relayHostsOf(flags);
    const relay = hosts && createRelay({ hosts });
    const { url } = await listenOn(portOf(asked), (port) => serve({ port, relay }));
    console.log(url);
  });
}
