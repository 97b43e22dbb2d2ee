// A queue service behind HTTP whose messages can be seen through, hidden ones too: the sandbox. It holds each request for a while, as a
// network does, and tells when a job has sent so many.
import { createServer } from 'node:http';
import { fromSource } from '../../run/source.mjs';

/** @type {typeof import('../../../src/sandbox/service.ts')} */
const { createSandbox } = await fromSource('src/sandbox/service.ts');
/** @type {typeof import('../../../src/azure/account.ts')} */
const { connect } = await fromSource('src/azure/account.ts');
/** @type {typeof import('../../../src/azure/credentials/shared-key.ts')} */
const { importKey } = await fromSource('src/azure/credentials/shared-key.ts');
/** @type {typeof import('../../../src/azure/protocol/emulator.ts')} */
const { EMULATOR } = await fromSource('src/azure/protocol/emulator.ts');

const HOST = '127.0.0.1';
/** Ms of a request, half of it before the service acts. */
const LATENCY = 16;
/** Requests that change messages; a peek and the counts do not. */
const CHANGES = new Set(['POST', 'PUT', 'DELETE']);

/** @typedef {Awaited<ReturnType<typeof startService>>} Service */

/** Starts it at two addresses: one with CORS rules, and one that a page only reaches by a relay. */
export async function startService() {
  let port = 0;
  /** @type {import('../../../src/sandbox/service.ts').Sandbox} */
  let sandbox;
  /** @type {{ prefix: string, left: number, moment: 'before' | 'after', reached: () => void, over: Promise<void> } | undefined} */
  let trap;
  /** @type {(() => void) | undefined} */
  let letGo;
  let underWay = 0;

  /** @param {import('node:http').IncomingMessage} incoming @param {import('node:http').ServerResponse} answer @param {boolean} hasCors */
  async function pass(incoming, answer, hasCors) {
    const { method = 'GET', url = '/', headers } = incoming;
    // A browser repeats any request by itself whose reused connection breaks before the answer, and nobody learns of that.
    answer.shouldKeepAlive = false;
    if (method === 'OPTIONS') return void answer.writeHead(hasCors ? 200 : 403, hasCors ? CORS : {}).end();
    // What the relay asks a host first, to see that it is a queue service.
    if (!url.startsWith(`/${EMULATOR.account}`)) {
      return void answer.writeHead(403, { 'x-ms-request-id': 'kills', server: 'Windows-Azure-Queue/1.0' }).end();
    }
    const body = await bytesOf(incoming);
    const isOfJob =
      trap !== undefined &&
      url.includes(`/${trap.prefix}`) &&
      url.includes('/messages') &&
      (CHANGES.has(method) || !url.includes('peekonly'));
    const isCut = isOfJob && trap && --trap.left === 0 ? trap : undefined;
    await delay(LATENCY / 2);
    if (isCut?.moment === 'before') {
      isCut.reached();
      await isCut.over;
      return void incoming.socket.destroy();
    }
    const response = await sandbox.fetch(`http://${HOST}:${port}${url}`, {
      method,
      headers: /** @type {Record<string, string>} */ (
        Object.fromEntries(Object.entries(headers).filter(([name]) => !HOPS.has(name)))
      ),
      ...(body.length > 0 && { body }),
    });
    if (isCut) {
      isCut.reached();
      await isCut.over;
      return void incoming.socket.destroy();
    }
    await delay(LATENCY / 2);
    answer.writeHead(response.status, { ...Object.fromEntries(response.headers), ...(hasCors && CORS) });
    answer.end(Buffer.from(await response.arrayBuffer()));
  }

  /** @param {boolean} hasCors */
  async function listen(hasCors) {
    const server = createServer((incoming, answer) => {
      underWay++;
      pass(incoming, answer, hasCors)
        .catch(() => incoming.socket.destroy())
        .finally(() => underWay--);
    });
    await new Promise((resolve) => server.listen(0, HOST, () => resolve(undefined)));
    return { server, port: /** @type {import('node:net').AddressInfo} */ (server.address()).port };
  }

  const open = await listen(true);
  const shut = await listen(false);
  port = open.port;
  const endpoint = `http://${HOST}:${port}/${EMULATOR.account}`;
  const relayed = `http://${HOST}:${shut.port}/${EMULATOR.account}`;
  sandbox = createSandbox({ account: { name: EMULATOR.account, key: EMULATOR.key, endpoint } });
  const account = connect(
    { account: EMULATOR.account, endpoint, credential: { kind: 'key', key: await importKey(EMULATOR.key) } },
    { fetch: sandbox.fetch },
  );

  return {
    endpoint,
    relayed,
    account,
    /** All messages of a queue, hidden ones too. @param {string} queue */
    messagesIn: (queue) => sandbox.snapshot([queue]).queues[0]?.messages ?? [],
    now: () => sandbox.clock.now(),
    /**
     * Resolves at the nth request of a job on queues of this prefix, whose answer is lost: its connection breaks at `letGo`, so that no
     * job ends by it before it is cut off.
     * @param {{ prefix: string, request: number, moment: 'before' | 'after' }} at
     */
    trap: ({ prefix, request, moment }) =>
      new Promise((resolve) => {
        /** @type {Promise<void>} */
        const over = new Promise((done) => (letGo = done));
        trap = { prefix, left: request, moment, reached: () => resolve(undefined), over };
      }),
    untrap: () => void (trap = undefined),
    letGo: () => letGo?.(),
    /** Resolves once nothing is under way. */
    async settled() {
      for (let quiet = 0; quiet < 3; quiet = underWay > 0 ? 0 : quiet + 1) await delay(20);
    },
    stop: () => {
      for (const { server } of [open, shut]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
  'access-control-allow-headers': '*,authorization,content-type,x-ms-date,x-ms-version,x-ms-client-request-id',
  'access-control-expose-headers': '*',
  'access-control-max-age': '7200',
};
/** Headers of one connection, which are not signed. */
const HOPS = new Set(['host', 'connection', 'origin', 'referer', 'accept-encoding', 'content-length', 'keep-alive']);

const delay = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {AsyncIterable<Buffer>} stream */
async function bytesOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
