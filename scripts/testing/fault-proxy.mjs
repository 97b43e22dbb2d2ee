// A proxy before a queue service that lets a share of the requests go wrong, as networks and busy services do.
import { Agent, createServer, request as send } from 'node:http';

const HOST = '127.0.0.1';

/**
 * What goes wrong: chances from 0 to 1, drawn for each request from the seed. At most one thing happens to a request.
 * @typedef {object} ProxyFaults
 * @property {number} lostBefore the connection breaks before the service has seen the request
 * @property {number} lostAfter it breaks after the service has acted
 * @property {number} truncated the answer breaks off in the middle of its body, after the service has acted
 * @property {number} busy 503 ServerBusy, every other one with `Retry-After`; the service has not seen the request
 * @property {number} serverErrors 500 InternalError before the service has seen the request, or after it has acted
 * @property {number} delayed the answer comes late
 * @property {number} hidden of the answers made up here: those without CORS headers, so that a page cannot read them
 */

/** @type {ProxyFaults} */
const NO_FAULTS = {
  lostBefore: 0,
  lostAfter: 0,
  truncated: 0,
  busy: 0,
  serverErrors: 0,
  delayed: 0,
  hidden: 0,
};

/** Seconds that a 503 asks for, and ms that an answer is late. */
const RETRY_AFTER = 1;
const DELAY = 300;

/**
 * @typedef {object} FaultProxy
 * @property {string} origin such as `http://127.0.0.1:4567`, in place of the service's own
 * @property {(faults: Partial<ProxyFaults>) => void} setFaults what is left out does not happen
 * @property {Record<keyof ProxyFaults | 'requests' | 'resent', number>} counts of what happened so far. `resent`: requests
 *   that change something and came a second time with the same id, which no client of ours does: the browser repeated them by
 *   itself. Firefox does so with a GET whose connection breaks before the first byte, be the connection a new one or not
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a proxy on loopback.
 * @param {{ target: string, seed: number, port?: number, keepAlive?: boolean, onRequest?: (method: string, url: URL) => (() => void) }} options
 *   `target`: origin of the service; `onRequest` is told of each request before anything happens to it, and what it gives is called when its answer is over;
 *   `keepAlive`: false, the default, ends each connection with its answer. A browser repeats any request by itself, a
 *   POST too, whose reused connection breaks before the first byte of the answer, and nobody learns of that.
 * @returns {Promise<FaultProxy>}
 */
export async function startFaultProxy({ target, seed, port = 0, keepAlive = false, onRequest }) {
  const { hostname, port: targetPort, host } = new URL(target);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const share = shares(seed);
  /** @type {Set<string>} */
  const seen = new Set();
  let faults = NO_FAULTS;
  const counts = { ...NO_FAULTS, requests: 0, resent: 0 };

  /** What happens to the next request. @returns {keyof ProxyFaults | undefined} */
  function draw() {
    let left = share();
    for (const kind of /** @type {const} */ ([
      'lostBefore',
      'lostAfter',
      'truncated',
      'busy',
      'serverErrors',
      'delayed',
    ])) {
      left -= faults[kind];
      if (left < 0) return kind;
    }
    return undefined;
  }

  /** @param {import('node:http').IncomingMessage} incoming @param {import('node:http').ServerResponse} answer */
  async function pass(incoming, answer) {
    answer.shouldKeepAlive = keepAlive;
    const body = await bytesOf(incoming);
    counts.requests++;
    const told = onRequest?.(incoming.method ?? '', new URL(incoming.url ?? '/', target));
    if (told) answer.once('close', told);
    note(incoming);
    // What a page asks beforehand can only be lost: it is answered, or it is not.
    const drawn = draw();
    const fault = incoming.method === 'OPTIONS' && drawn !== 'lostBefore' ? undefined : drawn;
    if (fault) counts[fault]++;
    if (fault === 'lostBefore') return void incoming.socket.destroy();
    if (fault === 'busy') return refuse(answer, 503, 'ServerBusy', counts.busy % 2 === 0);
    if (fault === 'serverErrors' && counts.serverErrors % 2 === 0) return refuse(answer, 500, 'InternalError');

    const real = await forward(incoming, body);
    if (fault === 'lostAfter') return void incoming.socket.destroy();
    if (fault === 'serverErrors') return refuse(answer, 500, 'InternalError');
    if (fault === 'delayed') await new Promise((resolve) => setTimeout(resolve, DELAY));
    const { 'transfer-encoding': _chunked, connection: _connection, ...headers } = real.headers;
    if (fault !== 'truncated') return void answer.writeHead(real.status, headers).end(real.body);
    // Nothing can break off in the middle of nothing.
    if (real.body.length === 0) return void incoming.socket.destroy();
    answer.writeHead(real.status, { ...headers, 'content-length': real.body.length });
    answer.write(real.body.subarray(0, real.body.length / 2), () => incoming.socket.destroy());
  }

  /** @param {import('node:http').IncomingMessage} incoming */
  function note({ method, headers }) {
    const id = headers['x-ms-client-request-id'];
    if (method === 'OPTIONS' || method === 'GET' || typeof id !== 'string') return;
    if (seen.has(id)) counts.resent++;
    seen.add(id);
  }

  /**
   * @param {import('node:http').ServerResponse} answer
   * @param {number} status
   * @param {string} code
   * @param {boolean} [asksToWait]
   */
  function refuse(answer, status, code, asksToWait = false) {
    const isHidden = share() < faults.hidden;
    if (isHidden) counts.hidden++;
    answer.writeHead(status, {
      'content-type': 'application/xml',
      'x-ms-error-code': code,
      ...(asksToWait && { 'retry-after': String(RETRY_AFTER) }),
      ...(!isHidden && { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' }),
    });
    answer.end(
      `<?xml version="1.0"?><Error><Code>${code}</Code><Message>Made up by the fault proxy.</Message></Error>`,
    );
  }

  /**
   * @param {import('node:http').IncomingMessage} incoming
   * @param {Buffer} body
   * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
   */
  function forward(incoming, body) {
    const { method, url, headers } = incoming;
    return new Promise((resolve, reject) => {
      const outgoing = send(
        {
          agent,
          hostname,
          port: targetPort,
          method,
          path: url,
          headers: { ...headers, host, connection: 'keep-alive' },
        },
        (real) => {
          bytesOf(real).then(
            (bytes) => resolve({ status: real.statusCode ?? 502, headers: real.headers, body: bytes }),
            reject,
          );
        },
      );
      outgoing.on('error', (error) => {
        // The service closed a connection that stood idle, and has not seen the request.
        const wasIdle = outgoing.reusedSocket && Reflect.get(error, 'code') === 'ECONNRESET';
        if (wasIdle) resolve(forward(incoming, body));
        else reject(error);
      });
      outgoing.end(body);
    });
  }

  const server = createServer((incoming, answer) => {
    // The page went away, or the service did: either way nobody gets an answer.
    pass(incoming, answer).catch(() => incoming.socket.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(undefined));
  });
  const bound = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  return {
    origin: `http://${HOST}:${bound}`,
    setFaults: (next) => void (faults = { ...NO_FAULTS, ...next }),
    counts,
    stop: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param {AsyncIterable<Buffer>} stream */
async function bytesOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** Numbers from 0 up to 1, the same for the same seed: mulberry32, by Tommy Ettinger. @param {number} seed */
function shares(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
