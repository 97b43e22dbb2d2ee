import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { addableOrigin } from '../../src/azure/protocol/addable-origin';
import { emulatorHosts } from '../../src/azure/protocol/known-hosts';
import { DIST, Refusal } from '../command.mjs';
import { type Installation, installationInMemory } from '../installation/installation';
import { createReach } from '../relay/reach';
import type { Relay } from '../relay/relay';
import { metaPolicyWith, policyWith, withMeta } from './csp';
import { withExplorerFirst } from './first-files';
import { isOwnHost } from './own-host';
import { answerOwnPage } from './own-page';
import { type PageSettings, settingsFrom } from './page-settings';
import { staticFiles } from './static-files';

const HOST = '127.0.0.1';

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // The window in which people sign in, which this page opens, has to be able to close itself.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()',
};

/** Milliseconds for a request to arrive, so that nobody keeps connections busy by being slow. */
const REQUEST_TIMES_MS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2000 };

/** What the page may know of the queue service beside it, served as `/local.json`. No key: the emulator's is public. */
export type LocalService = {
  /** Such as `http://127.0.0.1:10001/devstoreaccount1`. */
  queueEndpoint: string;
  account: string;
};

/** `url` is an origin: no trailing slash. */
export type PageServer = { url: string; port: number; stop: () => Promise<void> };

type Options = {
  /** 0, the default, takes a free one. */
  port?: number;
  /** Of the build. */
  folder?: string;
  /** Asked at each request for `/local.json`, which is a 404 without it, as on any static host. */
  local?: () => LocalService | undefined;
  /** Passes requests on to accounts; none without it. */
  relay?: Relay | undefined;
  /** Served as `/queuescope.json`. */
  settings?: PageSettings;
  /** The usual port, when that was taken and this is another one; the page says what that means. */
  usualPort?: number | undefined;
  /** Keeps what this installation has for its page; without one it is in memory. */
  installation?: Installation;
};

/**
 * Serves the production build on loopback.
 * @throws Error with `code` `EADDRINUSE` when the port is taken
 */
export async function serve(options: Options = {}): Promise<PageServer> {
  const { port = 0, folder = DIST, local, relay, settings = settingsFrom(process.env) } = options;
  const { installation = installationInMemory(), usualPort } = options;
  const reached = () => {
    const service = local?.();
    const authority = settings.signIn?.authority;
    return [
      ...(service ? emulatorHosts(new URL(service.queueEndpoint).port) : []),
      ...(authority === undefined ? [] : [addableOrigin(authority) ?? []].flat()),
      ...installation.hosts(),
    ];
  };
  // Without the relay this server asks no host anything.
  const reach = relay && createReach({ allowed: reached });
  const files = staticFiles(folder, (html) => {
    const page = withMeta(html, { policy: metaPolicyWith(reached()), usualPort });
    return local?.() ? withExplorerFirst(page) : page;
  });
  const server = createServer(REQUEST_TIMES_MS, (request, response) => {
    response.setHeader('content-security-policy', policyWith(reached()));
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    // These say themselves whom they refuse.
    const { localPort = 0 } = request.socket;
    if (relay?.(request, response, localPort) || reach?.(request, response, localPort)) return;
    if (answerOwnPage(request, response, installation)) return;
    if (refusedAsForeign(request, response)) return;
    if (request.headers['service-worker'] === 'script') return endWorker(response);
    if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else if (request.url === '/local.json') answerJson(response, local?.());
    else if (request.url === '/queuescope.json') answerJson(response, { ...settings, addsHosts: true });
    else files(request, response);
  });
  return bind(server, port);
}

/** A service worker that ends itself. The page has none. */
const NO_WORKER =
  "addEventListener('install', () => skipWaiting()); addEventListener('activate', () => registration.unregister());";

/**
 * Answers a browser that looks for a new version of a service worker, whatever its address, with one that ends itself: another
 * program that was at this port before has left it, and may still show its own page in place of this one.
 */
function endWorker(response: ServerResponse): void {
  response
    .writeHead(200, { 'content-type': 'text/javascript;charset=utf-8', 'cache-control': 'no-store' })
    .end(NO_WORKER);
}

/** Listens on loopback. */
export async function bind(server: Server, port: number): Promise<PageServer> {
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server.off('error', reject)));
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${HOST}:${bound}`, port: bound, stop };
}

/** Answers a request for another host, and returns true then. */
export function refusedAsForeign(request: IncomingMessage, response: ServerResponse): boolean {
  const { localPort } = request.socket;
  if (isOwnHost(request, localPort)) return false;
  response.writeHead(421, { 'content-type': 'text/plain;charset=utf-8', 'cache-control': 'no-store' });
  response.end(`This server answers at http://${HOST}:${localPort} alone.`);
  return true;
}

/** Nothing is a 404. */
export function answerJson(response: ServerResponse, value: object | undefined): void {
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
 * Listens on the port that was asked for, or else on the first free one from the usual one on; `listen` hears whether that is
 * another than the usual one. Browsers keep what a page stores for one port, so that is said.
 * @throws Refusal when the asked port is taken, or forbidden
 */
export async function listenOn<T>(
  asked: number | undefined,
  listen: (port: number, usualPort?: number) => Promise<T>,
): Promise<T> {
  for (let port = asked ?? USUAL_PORT; ; port++) {
    const isMoved = asked === undefined && port !== USUAL_PORT;
    try {
      const page = await listen(port, isMoved ? USUAL_PORT : undefined);
      if (isMoved) console.log(`What the page keeps at http://${HOST}:${USUAL_PORT} is not at this address.`);
      return page;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
      const why = code === 'EACCES' ? 'may not be used by this user' : 'is in use by another program';
      if (asked !== undefined) throw new Refusal(`Port ${asked} ${why}: leave out --port, or name another.`);
      console.log(`Port ${port} ${why}: trying the next.`);
      if (port === USUAL_PORT + TRIES) throw new Refusal(`Ports ${USUAL_PORT} to ${port} are all in use: use --port.`);
    }
  }
}
