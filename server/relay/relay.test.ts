import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PageServer, serve } from '../page/serve';
import { PROBE } from './reach';
import { createRelay, type RelayOptions } from './relay';
import { type Asked, askedIn, listen, ok, ownHeaders } from './relay.fixture';
import { CERTIFICATE, CERTIFICATE_KEY } from './relay-certificate.fixture';
import { RELAY_LIMITS } from './upstream';

const MIB = 1_048_576;
const TENANT =
  'authorization_uri=https://login.microsoftonline.com/t/oauth2/authorize resource_id=https://storage.azure.com';

/** What the account was asked, and what it answers. */
let asked: Asked[] = [];
let answers: (request: IncomingMessage, response: ServerResponse) => unknown;
let closing: (() => unknown)[] = [];
let account: number;
let server: PageServer;

/** What the account answers to the first request of the relay, which is told apart by its address. */
let answersFirst: (request: IncomingMessage, response: ServerResponse) => unknown;
let askedFirst: Asked[] = [];

const record = async (request: IncomingMessage, response: ServerResponse) => {
  if (request.url === PROBE) {
    askedFirst.push(await askedIn(request));
    answersFirst(request, response);
    return;
  }
  asked.push(await askedIn(request));
  answers(request, response);
};

async function start(options: RelayOptions = {}) {
  server = await serve({ relay: createRelay({ resolve: async () => [], ...options }) });
  closing.push(server.stop);
}

beforeEach(async () => {
  asked = [];
  askedFirst = [];
  answers = (_, response) => ok(response);
  answersFirst = (_, response) => ok(response);
  account = await listen(
    createServer((request, response) => void record(request, response).catch(() => {})),
    closing,
  );
  await start();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const own = () => ownHeaders(server.port);

type Sent = { method?: string; headers?: Record<string, string | undefined>; body?: string | Buffer };

/** A request as the page sends it, but for what is said otherwise; undefined leaves a header out. */
async function ask(path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const given: Record<string, string | undefined> = { ...own(), ...headers };
  const all = Object.entries(given).filter(([, value]) => value !== undefined);
  const sent = httpRequest({
    host: '127.0.0.1',
    port: server.port,
    path,
    method,
    headers: Object.fromEntries(all),
    agent: false,
  });
  sent.end(body);
  const [came] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of came) text += String(chunk);
  return { status: came.statusCode, word: came.headers['queuescope-relay'], headers: came.headers, text };
}

/** The same headers as the lines that they are. */
const head = () =>
  Object.entries(own())
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

/** What was refused never got to the account. */
function nothingArrived() {
  if (asked.length > 0) throw new Error(`The account was asked: ${JSON.stringify(asked)}`);
}

const toThisMachine = async () => [{ address: '127.0.0.1', family: 4 }];

/** Sends bytes as they stand, and gives what comes back until the other side closes. */
async function raw(bytes: string) {
  const socket = connect(server.port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  socket.on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return text;
}

const toAccount = (path = '/devstoreaccount1/?comp=list') => `/relay/http/127.0.0.1:${account}${path}`;

describe('a request of the page', () => {
  test('goes on with what is signed, and without what the browser adds', async () => {
    const { status, text, headers } = await ask(
      toAccount('/devstoreaccount1/orders/messages?messagettl=5&sig=a%2Bb%3D'),
      {
        method: 'POST',
        body: '<QueueMessage/>',
        headers: {
          authorization: 'SharedKey devstoreaccount1:abc=',
          'content-type': 'application/xml',
          'x-ms-date': 'today',
          'x-ms-version': '2024-11-04',
          cookie: 'a=b',
          referer: 'http://127.0.0.1/',
          'x-forwarded-for': '10.0.0.1',
          forwarded: 'for=10.0.0.1',
          via: '1.1 proxy',
          connection: 'keep-alive, x-ms-version',
          'accept-encoding': 'br',
          'user-agent': 'browser',
          'sec-ch-ua': 'x',
        },
      },
    );

    expect({ status, text }).toEqual({ status: 200, text: '<ok/>' });
    expect(headers).toMatchObject({ 'x-ms-request-id': 'r1', 'content-type': 'application/xml' });
    const { headers: seen, ...rest } = asked[0] ?? {};
    expect(rest).toEqual({
      method: 'POST',
      url: '/devstoreaccount1/orders/messages?messagettl=5&sig=a%2Bb%3D',
      body: '<QueueMessage/>',
    });
    expect(seen).toEqual({
      authorization: 'SharedKey devstoreaccount1:abc=',
      'content-type': 'application/xml',
      'content-length': '15',
      'x-ms-date': 'today',
      'x-ms-version': '2024-11-04',
      host: `127.0.0.1:${account}`,
      connection: 'keep-alive',
    });
  });

  test('gets what the account says, and nothing that could act in the page', async () => {
    answers = (_, response) =>
      void response
        .writeHead(403, {
          'x-ms-request-id': 'r2',
          'x-ms-approximate-messages-count': '7',
          date: 'Thu, 26 Nov 2026 10:00:00 GMT',
          'set-cookie': 'a=b',
          location: 'https://elsewhere.example',
          'access-control-allow-origin': '*',
          'clear-site-data': '"*"',
          'content-security-policy': "script-src 'unsafe-inline'",
          'www-authenticate': 'Basic realm="x"',
          'queuescope-relay': 'host',
        })
        .end('<Error/>');

    const { status, headers, text, word } = await ask(toAccount());

    expect({ status, text, word }).toEqual({ status: 403, text: '<Error/>', word: undefined });
    expect(headers).toMatchObject({
      'x-ms-approximate-messages-count': '7',
      date: 'Thu, 26 Nov 2026 10:00:00 GMT',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    for (const name of ['set-cookie', 'location', 'access-control-allow-origin', 'clear-site-data', 'www-authenticate'])
      expect(headers).not.toHaveProperty(name);
  });

  test.each<[challenges: string[], passed: string | undefined]>([
    [[`Bearer ${TENANT}`], `Bearer ${TENANT}`],
    [['Bearer realm="a, Basic b", error="x"'], 'Bearer realm="a, Basic b", error="x"'],
    [[`Bearer ${TENANT}, Basic realm="x"`], `Bearer ${TENANT}`],
    [['Bearer a=b, Basic realm="x", Digest nonce=1'], 'Bearer a=b'],
    [['Bearer a=b', 'Basic realm="x"'], 'Bearer a=b'],
    [['Basic realm="x"', 'bearer a=b'], 'bearer a=b'],
    [['Basic realm="Bearer a=b"'], undefined],
    [['Bearer, Basic realm="x"'], undefined],
    [['Negotiate', 'NTLM'], undefined],
  ])('gets of the challenges %j the one for a token alone', async (challenges, passed) => {
    answers = (_, response) =>
      void response.writeHead(401, { 'x-ms-request-id': 'r3', 'www-authenticate': challenges }).end();
    expect((await ask(toAccount())).headers['www-authenticate']).toBe(passed);
  });

  test('gets no date that is not the account’s', async () => {
    answers = (_, response) => {
      response.sendDate = false;
      ok(response);
    };
    expect((await ask(toAccount())).headers).not.toHaveProperty('date');
  });

  test('may come to localhost too, and a read may lack its origin', async () => {
    const localhost = { host: `localhost:${server.port}`, origin: `http://localhost:${server.port}` };
    expect((await ask(toAccount(), { headers: localhost })).status).toBe(200);
    expect((await ask(toAccount(), { headers: { origin: undefined } })).status).toBe(200);
  });
});

describe('is refused, and nothing reaches the account:', () => {
  afterEach(nothingArrived);

  test.each([
    ['a foreign origin', { origin: 'https://attacker.example' }],
    ['the origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['an opaque origin', { origin: 'null' }],
    ['the other name of this machine as origin', { origin: 'http://localhost' }],
    ['a request from another site', { 'sec-fetch-site': 'cross-site' }],
    ['a request from another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ['an address that was typed', { 'sec-fetch-site': 'none' }],
    ['a request that does not say where it comes from', { 'sec-fetch-site': undefined }],
    ['a document, which would run what it holds', { 'sec-fetch-dest': 'document' }],
    ['a frame', { 'sec-fetch-dest': 'iframe' }],
    ['a script', { 'sec-fetch-dest': 'script' }],
    ['a service worker', { 'sec-fetch-dest': 'serviceworker' }],
    ['a request that does not say what for', { 'sec-fetch-dest': undefined }],
    ['a name that leads here (DNS rebinding)', { host: 'attacker.example' }],
    ['this machine without the port', { host: '127.0.0.1' }],
    ['this machine by another address', { host: '127.0.0.2:80' }],
    ['this machine in capitals', { host: 'LOCALHOST:80' }],
  ])('%s', async (_, headers) => {
    expect(await ask(toAccount(), { headers })).toMatchObject({ status: 403, word: 'foreign' });
  });

  test('a write without an origin', async () => {
    const { status, word } = await ask(toAccount(), { method: 'PUT', headers: { origin: undefined } });
    expect({ status, word }).toEqual({ status: 403, word: 'foreign' });
  });

  test('a rebinding host on the question too', async () => {
    expect((await ask('/relay.json?endpoint=x', { headers: { host: 'attacker.example' } })).status).toBe(403);
  });

  test.each(['OPTIONS', 'PATCH', 'TRACE', 'MERGE'])('the method %s', async (method) => {
    expect((await ask(toAccount(), { method })).status).toBe(405);
  });

  test.each([
    ['/relay/http/127.0.0.1:PORT/../secret'],
    ['/relay/http/127.0.0.1:PORT/a/./b'],
    ['/relay/http/127.0.0.1:PORT/%2e%2e/secret'],
    ['/relay/http/127.0.0.1:PORT/a%2fb'],
    ['/relay/http/127.0.0.1:PORT/a%5cb'],
    ['/relay/http/127.0.0.1:PORT/a\\b'],
    ['/relay/http/127.0.0.1:PORT//evil.example/'],
    ['/relay/http/127.0.0.1:PORT/a//b'],
    ['/relay/http/user@127.0.0.1:PORT/a'],
    ['/relay/http/127.0.0.1:PORT@evil.example/a'],
    ['/relay/http/127.0.0.1:PORT/a@b'],
    ['/relay/http/127.0.0.1%3aPORT/a'],
    ['/relay/http/127.0.0.1:PORT/a%0d%0aHost:%20evil'],
    ['/relay/http/127.0.0.1:PORT/a#b'],
    ['/relay/http/127.0.0.1:0PORT/a'],
    ['/relay/http/127.0.0.1:999999/a'],
    ['/relay/http/[::ffff:127.0.0.1]:PORT/a'],
    ['/relay/ftp/127.0.0.1:PORT/a'],
    ['/relay/file/etc/passwd'],
    ['/relay/http//127.0.0.1:PORT/a'],
    ['/relay/http/'],
    ['/relay/'],
    ['/relay/http/127.0.0.1:PORT/a?b=\\'],
    ['/relay/http/127.0.0.1:PORT/a?b="<'],
  ])('the address %s', async (path) => {
    const { status, word } = await ask(path.replace('PORT', String(account)));
    expect([400, 403]).toContain(status);
    expect(['malformed', 'host']).toContain(word);
  });

  test.each([
    'evilqueue.core.windows.net.attacker.tld',
    'queue.core.windows.net',
    'acc.queue.core.windows.net.',
    'ACC.queue.core.windows.net',
    'acc.blob.core.windows.net',
    'acc.evil.queue.core.windows.net',
    'acc.queue.core.windows.net.evil',
    'acc-queue.core.windows.net',
    'xn--acc-queue-core.windows.net',
    'acc.xn--queue-9za.core.windows.net',
    'acc.z1x.queue.storage.azure.net',
    'acc.queue.storage.azure.net.evil.net',
    'acc.queue.core.windows.net:8080',
    'attacker.example',
    'localhost.attacker.example',
    '127.0.0.1.attacker.example',
    '127.1',
    '127.300.0.1',
    '2130706433',
    '0x7f000001',
    '0.0.0.0',
    '10.0.0.5',
    '169.254.169.254',
  ])('the host %s', async (host) => {
    const { status, word } = await ask(`/relay/https/${host}/?comp=list`);
    expect({ status, word: word === 'malformed' ? 'host' : word }).toMatchObject({ word: 'host' });
    expect([400, 403]).toContain(status);
  });

  test('a storage host without TLS', async () => {
    expect(await ask('/relay/http/acc.queue.core.windows.net/')).toMatchObject({ status: 403, word: 'host' });
  });

  test('itself', async () => {
    expect((await ask(`/relay/http/127.0.0.1:${server.port}/relay/`)).word).toBe('host');
  });

  test('a body that is larger than any of Azure’s, before it is sent', async () => {
    const said = await raw(`PUT ${toAccount()} HTTP/1.1\r\n${head()}Content-Length: ${MIB}\r\n\r\nx`);
    expect(said).toMatch(/^HTTP\/1\.1 413 [^]*queuescope-relay: size/);
  });

  test('a body of unknown length', async () => {
    const { status } = await ask(toAccount(), {
      method: 'PUT',
      body: 'x',
      headers: { 'transfer-encoding': 'chunked' },
    });
    expect(status).toBe(400);
  });

  test('a read with a body', async () => {
    expect((await ask(toAccount(), { body: 'x', headers: { 'content-length': '1' } })).status).toBe(400);
  });
});

describe('raw bytes: are refused and do not reach the account:', () => {
  afterEach(nothingArrived);
  test.each([
    ['two lengths of the body', 'PUT', 'Content-Length: 1\r\nContent-Length: 2\r\n', 'x'],
    ['a length and chunks', 'PUT', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'],
    ['chunks that are spelt in another way', 'PUT', 'Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'],
    ['a space before the colon', 'PUT', 'Content-Length : 1\r\n', 'x'],
    ['a signed length', 'PUT', 'Content-Length: +1\r\n', 'x'],
    ['a folded header', 'GET', 'x-ms-date: a\r\n b: c\r\n', ''],
    ['a bare line feed in a header', 'GET', 'x-ms-date: a\nEvil: b\r\n', ''],
    ['a bare carriage return in a header', 'GET', 'x-ms-date: a\rEvil: b\r\n', ''],
    ['a zero in a header', 'GET', 'x-ms-date: a\0b\r\n', ''],
    ['a header twice', 'GET', 'authorization: a\r\nauthorization: b\r\n', ''],
    ['a second host', 'GET', 'Host: attacker.example\r\n', ''],
  ])('%s', async (_, method, headers, body) => {
    const said = await raw(`${method} ${toAccount()} HTTP/1.1\r\n${head()}${headers}Connection: close\r\n\r\n${body}`);
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  test.each([
    ['a whole address', (path: string) => `GET http://127.0.0.1:${account}${path}`],
    ['a whole address of this server', (path: string) => `GET http://127.0.0.1:${server.port}${path}`],
    ['a tunnel', () => `CONNECT 127.0.0.1:${account}`],
  ])('%s in the request line', async (_, line) => {
    const said = await raw(`${line(toAccount())} HTTP/1.1\r\n${head()}Connection: close\r\n\r\n`);
    expect(said).not.toMatch(/^HTTP\/1\.1 2/);
  });

  test('an upgrade', async () => {
    const said = await raw(
      `GET ${toAccount()} HTTP/1.1\r\n${head()}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(said).not.toMatch(/^HTTP\/1\.1 (101|2)/);
  });
});

describe('an account that', () => {
  test.each([301, 302, 307, 308, 304])('redirects with %i is not followed', async (status) => {
    const elsewhere = await listen(
      createServer(() => expect.unreachable()),
      closing,
    );
    answers = (_, response) =>
      void response.writeHead(status, { 'x-ms-request-id': 'r', location: `http://127.0.0.1:${elsewhere}/` }).end();
    expect(await ask(toAccount())).toMatchObject({
      status: 502,
      word: 'redirect',
      text: `127.0.0.1:${account} answers with a redirect (${status} to 127.0.0.1:${elsewhere}), which the relay does not follow.`,
    });
  });

  test('is no queue service is not shown to the page', async () => {
    answers = (_, response) => void response.writeHead(200).end('secret of another program');
    const { status, word, text } = await ask(toAccount());
    expect({ status, word }).toEqual({ status: 502, word: 'answer' });
    expect(text).not.toContain('secret');
  });

  test('is not there is named', async () => {
    expect(await ask('/relay/http/127.0.0.1:9/devstoreaccount1/')).toMatchObject({
      status: 502,
      word: 'unreachable',
      text: '127.0.0.1:9 does not answer (ECONNREFUSED).',
    });
  });

  test('answers without end is broken off', async () => {
    await start({ limits: { answer: 100_000 } });
    answers = (_, response) => {
      response.writeHead(200, { 'x-ms-request-id': 'r' });
      const more = () => {
        while (response.writable && response.write(Buffer.alloc(65_536)));
        response.once('drain', more);
      };
      more();
    };
    await expect(ask(toAccount())).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });

  test.each([
    ['changes the protocol unasked', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ['does not speak HTTP', 'hello\r\n\r\n'],
    ['hangs up', ''],
  ])('%s is told', async (_, bytes) => {
    answers = (request) => void request.socket.end(bytes);
    expect(await ask(toAccount())).toMatchObject({ status: expect.toBeOneOf([502, 504]), word: 'unreachable' });
  });

  test('falls silent is given up', async () => {
    await start({ limits: { silence: 80 } });
    answers = () => {};
    expect(await ask(toAccount())).toMatchObject({ status: 504, word: 'time' });
  });

  test('drips its answer is given up in the end', async () => {
    await start({ limits: { whole: 150 } });
    answers = (_, response) => {
      response.writeHead(200, { 'x-ms-request-id': 'r' });
      const timer = setInterval(() => response.write('x'), 20);
      response.once('close', () => clearInterval(timer));
    };
    await expect(ask(toAccount())).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });
});

describe('a host that has not answered yet', () => {
  const signed = {
    method: 'POST',
    body: '<QueueMessage/>',
    headers: { authorization: 'SharedKey devstoreaccount1:abc=', 'content-type': 'application/xml' },
  };
  const write = () => ask(toAccount('/devstoreaccount1/orders/messages?sig=a%2Bb%3D'), signed);

  test('is sent one GET without credentials first, once', async () => {
    for (const status of [200, 200]) expect((await write()).status).toBe(status);

    expect(askedFirst).toMatchObject([{ method: 'GET', url: '/?comp=list' }]);
    expect(Object.keys(askedFirst[0]?.headers ?? {}).toSorted()).toEqual(['accept', 'connection', 'host']);
    expect(asked).toHaveLength(2);
  });

  test.each([
    ['another program', {}],
    ['another service of an emulator', { 'x-ms-request-id': 'r1', server: 'Azurite-Blob/3.35.0' }],
  ])('gets nothing else when it is %s, also when it is asked again', async (_what, headers) => {
    answersFirst = (_request, response) => response.writeHead(200, headers).end('hello');
    for (const status of [502, 502]) expect(await write()).toMatchObject({ status, word: 'answer' });

    nothingArrived();
    expect(askedFirst).toHaveLength(2);
    answersFirst = (_, response) => ok(response);
    expect((await write()).status).toBe(200);
  });

  test('gets nothing else when it redirects, falls silent or breaks off', async () => {
    answersFirst = (_, response) => response.writeHead(307, { location: 'http://attacker.example/x?sig=y' }).end();
    const answer = await write();
    expect(answer).toMatchObject({ status: 502, word: 'redirect' });
    expect(answer.text).not.toContain('sig');

    await start({ limits: { probe: 50 } });
    answersFirst = () => {};
    expect(await write()).toMatchObject({ status: 504, word: 'time' });
    answersFirst = (request) => request.socket.destroy();
    expect(await write()).toMatchObject({ word: 'unreachable' });
    nothingArrived();
  });

  test('may be one that was named at start, which is asked first too', async () => {
    await start({ hosts: [`named.test:${account}`], resolve: toThisMachine });
    answersFirst = (_, response) => response.end('hello');
    const path = `/relay/http/named.test:${account}/devstoreaccount1/orders`;
    expect(await ask(path, signed)).toMatchObject({ status: 502, word: 'answer' });
    nothingArrived();
  });
});

describe('names', () => {
  test.each([
    ['10.1.2.3'],
    ['172.16.0.1'],
    ['192.168.1.1'],
    ['100.64.0.1'],
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['168.63.129.16'],
    ['0.0.0.0'],
    ['255.255.255.255'],
    ['::1'],
    ['::'],
    ['fe80::1'],
    ['fd00:ec2::254'],
    ['fc00::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:1'],
    ['::7f00:1'],
    ['64:ff9b::a00:1'],
    ['2002:7f00:1::'],
  ])('a storage host that leads to %s is refused', async (address) => {
    await start({
      resolve: async () => [
        { address: '20.60.1.1', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ],
    });
    const { status, word } = await ask('/relay/https/acc.queue.core.windows.net/');
    expect({ status, word }).toEqual({ status: 403, word: 'address' });
  });

  test('a private endpoint may be named at start; the metadata service may not', async () => {
    const hosts = ['acc.queue.core.windows.net'];
    await start({ hosts, resolve: async () => [{ address: '169.254.169.254', family: 4 }] });
    expect((await ask('/relay/https/acc.queue.core.windows.net/')).word).toBe('address');
    // Nobody listens there: that it was tried is what shows that it was let through.
    await start({ hosts, limits: { connect: 50 }, resolve: toThisMachine });
    expect((await ask('/relay/https/acc.queue.core.windows.net/')).word).not.toBe('address');
  });

  test('a name without an address is told', async () => {
    await start({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(await ask('/relay/https/acc.queue.core.windows.net/')).toMatchObject({
      status: 502,
      word: 'unreachable',
      text: 'There is no address for acc.queue.core.windows.net.',
    });
  });

  test('a host is looked up once, and that address is connected to', async () => {
    let looks = 0;
    const resolve = async () => [{ address: looks++ === 0 ? '127.0.0.1' : '127.0.0.9', family: 4 }];
    await start({ hosts: [`named.test:${account}`], resolve });
    expect((await ask(`/relay/http/named.test:${account}/`)).status).toBe(200);
    expect(looks).toBe(1);
    expect(asked[0]?.headers.host).toBe(`named.test:${account}`);
  });

  test('under localhost are this machine, whatever a resolver says', async () => {
    await start({ resolve: async () => [{ address: '20.60.1.1', family: 4 }] });
    expect((await ask(`/relay/http/acc.queue.localhost:${account}/`)).status).toBe(200);
  });

  test('are proven by a certificate', async () => {
    const tls = { cert: CERTIFICATE, key: CERTIFICATE_KEY };
    const secure = await listen(
      createTlsServer(tls, (request, response) => void record(request, response)),
      closing,
    );
    const resolve = toThisMachine;
    const hosts = [`named.test:${secure}`, `other.test:${secure}`];

    await start({ hosts, resolve });
    expect(await ask(`/relay/https/named.test:${secure}/`)).toMatchObject({ status: 502, word: 'unreachable' });
    await start({ hosts, resolve, tls: { ca: CERTIFICATE } });
    expect((await ask(`/relay/https/other.test:${secure}/`)).text).toContain('no certificate that this machine trusts');
    expect(asked).toEqual([]);
    expect((await ask(`/relay/https/named.test:${secure}/`)).status).toBe(200);
  });
});

describe('slow and impatient pages', () => {
  test('a body that drips in is given up', async () => {
    await start({ limits: { body: 80 } });
    const said = await raw(`PUT ${toAccount()} HTTP/1.1\r\n${head()}Content-Length: 100\r\n\r\nx`);
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(said).toContain('queuescope-relay: time');
  });

  test('a page that goes away ends the request to the account', async () => {
    const ended = new Promise((resolve) => {
      answers = (_, response) => {
        response.once('close', () => resolve(undefined));
        gone.destroy();
      };
    });
    const gone = httpRequest({ host: '127.0.0.1', port: server.port, path: toAccount(), headers: own(), agent: false });
    gone.on('error', () => {});
    gone.end();
    expect(await ended).toBeUndefined();
  });

  test('a page that does not read is not run ahead of', async () => {
    let written = 0;
    answers = async (_, response) => {
      response.writeHead(200, { 'x-ms-request-id': 'r' });
      while (written < 40 * MIB && !response.destroyed) {
        const hasRoom = response.write(Buffer.alloc(MIB));
        written += MIB;
        if (!hasRoom) await once(response, 'drain').catch(() => {});
      }
      response.end();
    };
    const slow = httpRequest({ host: '127.0.0.1', port: server.port, path: toAccount(), headers: own(), agent: false });
    slow.end();
    const [came] = (await once(slow, 'response')) as [IncomingMessage];
    let before = -1;
    while (before !== written) {
      before = written;
      await delay(60);
    }
    expect(written).toBeLessThan(20 * MIB);
    let read = 0;
    for await (const chunk of came) read += chunk.length;
    expect(read).toBe(40 * MIB);
  });
});

describe('the page asks before it offers the relay', () => {
  test.each([
    ['https://acc.queue.core.windows.net', true],
    ['https://acc-secondary.queue.core.windows.net', true],
    ['https://acc.queue.core.chinacloudapi.cn', true],
    ['https://acc.queue.core.usgovcloudapi.net', true],
    ['https://acc.z01.queue.storage.azure.net', true],
    ['http://127.0.0.1:10001/devstoreaccount1', true],
    ['http://[::1]:10001/devstoreaccount1', true],
    ['http://localhost:10001/devstoreaccount1', true],
    ['https://queues.contoso.example', false],
    ['', false],
  ])('%s: %s', async (endpoint, allowed) => {
    const { status, text } = await ask(`/relay.json?endpoint=${encodeURIComponent(endpoint)}`);
    expect({ status, allowed: (JSON.parse(text) as { allowed: boolean }).allowed }).toEqual({ status: 200, allowed });
  });

  test('what it does not go to comes with the way to allow it', async () => {
    const { text } = await ask('/relay.json?endpoint=https%3A%2F%2Fqueues.contoso.example');
    expect((JSON.parse(text) as { why: string }).why).toContain('--relay-host queues.contoso.example');
    await start({ hosts: ['Queues.Contoso.Example'] });
    const { text: now } = await ask('/relay.json?endpoint=https%3A%2F%2Fqueues.contoso.example');
    expect(JSON.parse(now)).toEqual({ allowed: true });
  });

  test('a server without a relay has no such address', async () => {
    server = await serve();
    closing.push(server.stop);
    expect((await ask('/relay.json?endpoint=x')).status).toBe(404);
    expect((await ask(toAccount())).status).toBe(404);
  });
});

test('the limits let the slowest request and the largest answer of the service through, and little more', () => {
  const { connect: toConnect, body, silence, whole, answer } = RELAY_LIMITS;
  // The service takes 30 s for a request at most, and says nothing meanwhile; the page itself waits for 60 s.
  expect(silence).toBe(60_000);
  expect(whole).toBe(120_000);
  expect(whole).toBeGreaterThan(toConnect + body + silence);
  expect([toConnect, body]).toEqual([10_000, 20_000]);
  // 32 messages of 64 KiB, each character escaped to six, are 12 MiB; a list of 5,000 queues with metadata is 40 MiB.
  expect(answer).toBe(64 * MIB);
});
