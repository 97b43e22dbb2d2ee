import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createSocketServer,
  type Socket,
  type Server as SocketServer,
} from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bind, type PageServer } from '../page/serve';
import { causeOfAnswer, causeOfError, createReach, PROBE, type ReachOptions } from './reach';
import { CERTIFICATE, CERTIFICATE_KEY } from './relay-certificate.fixture';

let closing: (() => unknown)[] = [];
let page: PageServer;
let allowed: string[] = [];
/** What the host was asked. */
let asked: IncomingMessage[] = [];

const toThisMachine = async () => [{ address: '127.0.0.1', family: 4 }];

async function start(options: ReachOptions = {}) {
  const reach = createReach({ allowed: () => allowed, resolve: toThisMachine, patience: 2000, ...options });
  const server = createServer((request, response) => {
    if (!reach(request, response, request.socket.localPort ?? 0)) response.writeHead(404).end();
  });
  page = await bind(server, 0);
  closing.push(page.stop);
}

beforeEach(async () => {
  asked = [];
  allowed = [];
  await start();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Gives its port. */
async function listen(server: Server | SocketServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;
const answering = (answer: Answer) => (request: IncomingMessage, response: ServerResponse) => {
  asked.push(request);
  answer(request, response);
};
const http = (answer: Answer = asQueue) => listen(createServer(answering(answer)));
const https = (answer: Answer = asQueue) =>
  listen(createTlsServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, answering(answer)));
const raw = (on: (socket: Socket) => unknown) => listen(createSocketServer(on));

/** The first byte of a handshake. */
const TLS_RECORD = 0x16;

const asQueue: Answer = (_, response) =>
  response.writeHead(403, { 'x-ms-request-id': 'r1', server: 'Azurite-Queue/3.35.0' }).end();
const saying =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end('<html>Something</html>');

/** A port that nothing listens at. */
async function freePort(): Promise<number> {
  const server = createSocketServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

type Asking = { method?: string; headers?: Record<string, string | undefined> };

/** A question as the page asks it, but for what is said otherwise; undefined leaves a header out. */
async function ask(endpoint: string, { method = 'GET', headers = {} }: Asking = {}) {
  const own: Record<string, string | undefined> = {
    host: `127.0.0.1:${page.port}`,
    'sec-fetch-site': 'same-origin',
    'sec-fetch-dest': 'empty',
    ...headers,
  };
  const sent = httpRequest({
    host: '127.0.0.1',
    port: page.port,
    path: `/reach.json?endpoint=${encodeURIComponent(endpoint)}`,
    method,
    headers: Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
    agent: false,
  });
  sent.end();
  const [came] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of came) text += String(chunk);
  return { status: came.statusCode, text };
}

const found = async (endpoint: string): Promise<unknown> => JSON.parse((await ask(endpoint)).text);
const here = (port: number, scheme = 'http') => `${scheme}://127.0.0.1:${port}/devstoreaccount1`;

describe('the cause is found:', () => {
  test('nothing listens', async () => {
    expect(await found(here(await freePort()))).toEqual({ cause: 'refused' });
    expect(await found(here(await freePort(), 'https'))).toEqual({ cause: 'refused' });
  });

  test('nothing comes back', async () => {
    await start({ patience: 50 });
    expect(await found(here(await raw(() => {})))).toEqual({ cause: 'timedOut' });
    expect(await found(here(await http(() => {})))).toEqual({ cause: 'timedOut' });
  });

  test('the name has no address', async () => {
    allowed = ['http://queues.example:10001'];
    await start({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(await found('http://queues.example:10001')).toEqual({ cause: 'noName' });
    expect(await found('https://harborlane.queue.core.windows.net')).toEqual({ cause: 'noName' });
    await start({ resolve: () => new Promise(() => {}), patience: 20 });
    expect(await found('http://queues.example:10001')).toEqual({ cause: 'noName' });
  });

  test('an account has a private address', async () => {
    await start({ resolve: async () => [{ address: '10.1.2.3', family: 4 }] });
    expect(await found('https://harborlane.queue.core.windows.net')).toEqual({ cause: 'privateAddress' });
  });

  test('a certificate is signed by itself, or is for another name', async () => {
    const port = await https();
    expect(await found(here(port, 'https'))).toEqual({ cause: 'certificate', detail: 'selfSigned' });
    await start({ tls: { ca: CERTIFICATE } });
    allowed = [`https://other.test:${port}`, `https://named.test:${port}`];
    expect(await found(`https://other.test:${port}`)).toEqual({
      cause: 'certificate',
      detail: 'wrongName named.test',
    });
    expect(await found(`https://named.test:${port}`)).toEqual({ cause: 'queueService' });
  });

  test('http is spoken where the address says https, and the other way round', async () => {
    expect(await found(here(await http(), 'https'))).toEqual({ cause: 'otherScheme' });
    expect(await found(here(await http(saying(404)), 'https'))).toEqual({ cause: 'otherScheme' });
    expect(await found(here(await https()))).toEqual({ cause: 'otherScheme' });
    // What nginx, Go and others say to http at their port for https, which a handshake tells from a service of http.
    const secure = await https();
    const both = await raw((socket) =>
      socket.once('data', (first) => {
        if (first[0] !== TLS_RECORD) return socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n');
        const upstream = connect(secure, '127.0.0.1');
        upstream.write(first);
        return socket.pipe(upstream).pipe(socket);
      }),
    );
    expect(await found(here(both))).toEqual({ cause: 'otherScheme' });
    const polite = await raw((socket) =>
      socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'),
    );
    expect(await found(here(polite))).toEqual({ cause: 'notQueueService', detail: '400' });
  });

  test('a connection is closed without an answer', async () => {
    expect(await found(here(await raw((socket) => socket.destroy())))).toEqual({ cause: 'closed' });
    expect(await found(here(await raw((socket) => socket.destroy()), 'https'))).toEqual({ cause: 'closed' });
  });

  test('another protocol is spoken', async () => {
    const ssh = await raw((socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'));
    expect(await found(here(ssh))).toEqual({ cause: 'notHttp' });
    expect(await found(here(ssh, 'https'))).toEqual({ cause: 'notHttp' });
  });

  test.each<[what: string, status: number, headers: Record<string, string>, cause: object]>([
    [
      'the blob service of an emulator',
      400,
      { 'x-ms-request-id': 'r', server: 'Azurite-Blob/3.35.0' },
      { cause: 'otherService', detail: 'blob' },
    ],
    [
      'its table service',
      400,
      { 'x-ms-request-id': 'r', server: 'Azurite-Table/3.35.0' },
      { cause: 'otherService', detail: 'table' },
    ],
    ['a web page', 200, { 'content-type': 'text/html' }, { cause: 'notQueueService', detail: '200' }],
    ['a proxy that asks who one is', 407, {}, { cause: 'proxy', detail: '407' }],
    ['a gateway that reaches nobody', 502, { via: '1.1 gateway' }, { cause: 'proxy', detail: '502' }],
    [
      'a redirect to a sign-in',
      302,
      { location: 'https://login.example/?secret=1' },
      { cause: 'redirected', detail: 'login.example' },
    ],
    ['a queue service', 403, { 'x-ms-request-id': 'r', server: 'Windows-Azure-Queue/1.0' }, { cause: 'queueService' }],
  ])('%s answers', async (_, status, headers, cause) => {
    expect(await found(here(await http(saying(status, headers))))).toEqual(cause);
  });

  test.each([
    ['CERT_HAS_EXPIRED', { cause: 'certificate', detail: 'expired' }],
    ['CERT_NOT_YET_VALID', { cause: 'certificate', detail: 'notYetValid' }],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', { cause: 'certificate', detail: 'unknownAuthority' }],
    ['SELF_SIGNED_CERT_IN_CHAIN', { cause: 'certificate', detail: 'unknownAuthority' }],
    ['CERT_REVOKED', { cause: 'certificate', detail: 'notTrusted' }],
    ['EHOSTUNREACH', { cause: 'noRoute' }],
    ['ENETUNREACH', { cause: 'noRoute' }],
    ['ECONNRESET', { cause: 'closed' }],
    ['EPROTO', { cause: 'notHttp' }],
    ['SOMETHING_NEW', { cause: 'closed' }],
  ])('the error %s', (code, cause) => {
    expect(causeOfError(Object.assign(new Error('no'), { code }))).toEqual(cause);
  });

  test('what a host says of itself is cut', () => {
    const target = { protocol: 'http:', host: 'a.example' } as const;
    const { detail } = causeOfAnswer(302, { location: `http://${'a'.repeat(5000)}.example` }, target);
    expect(detail?.length).toBeLessThanOrEqual(200);
  });
});

describe('it asks', () => {
  test('once, by GET, without a credential, and follows no redirect', async () => {
    await found(here(await http(saying(302, { location: '/elsewhere' }))));
    expect(asked.map(({ method, url }) => [method, url])).toEqual([['GET', PROBE]]);
    expect(Object.keys(asked[0]?.headers ?? {}).toSorted()).toEqual(['accept', 'connection', 'host']);
  });

  test('nothing by http where https is spoken: it ends with the handshake', async () => {
    await found(here(await https()));
    expect(asked).toEqual([]);
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ['the address bar', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }],
    ['an image', { 'sec-fetch-dest': 'image' }],
    ['a name that was lead here', { host: 'evil.example' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['no browser', { 'sec-fetch-site': undefined, 'sec-fetch-dest': undefined }],
  ])('nobody for %s', async (_, headers) => {
    const { status } = await ask(here(await http()), { headers });
    expect(status).toBe(403);
    expect(asked).toEqual([]);
  });

  test.each([
    ['http://192.168.1.5:10001/a', 403],
    ['http://azurite:10001/devstoreaccount1', 403],
    ['https://queues.example', 403],
    ['http://169.254.169.254/latest', 403],
    ['http://harborlane.queue.core.windows.net', 403],
    ['ftp://127.0.0.1:21', 400],
    ['http://user:secret@127.0.0.1:10001', 400],
    ['', 400],
  ])('nobody at %s', async (endpoint, status) => {
    expect((await ask(endpoint)).status).toBe(status);
  });

  test('not itself, and only by GET', async () => {
    expect((await ask(here(page.port))).status).toBe(403);
    expect((await ask(here(await http()), { method: 'HEAD' })).status).toBe(405);
    expect(asked).toEqual([]);
  });

  test('where a cloud answers for the machine not even when it is allowed', async () => {
    allowed = ['http://metadata.example'];
    await start({ resolve: async () => [{ address: '169.254.169.254', family: 4 }] });
    expect(await found('http://metadata.example')).toEqual({ cause: 'privateAddress' });
  });

  test('two hosts at a time', async () => {
    await start({ patience: 300 });
    const silent = await raw(() => {});
    const answers = await Promise.all([1, 2, 3].map(() => ask(here(silent))));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  });
});
