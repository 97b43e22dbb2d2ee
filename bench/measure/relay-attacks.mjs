// Attacks on the relay, against the built server in a process of its own: requests of others, addresses, bytes that are no
// sound request, accounts that answer with malice, and many at a time. `server/relay/relay.test.ts` says what each is for.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../../server/command.mjs';
import { badAddresses, FOREIGN, ownHeaders } from './attack-forms.mjs';
import { laneGroupsOf } from './lane-attacks.mjs';

const MIB = 1024 * 1024;
/** After so long a request counts as held open. */
const HELD_MS = 5000;
/** Sockets at a time. */
const MANY = 200;

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown} Answer */
/** @typedef {{ group: string, forms: number, refused: number, cut: number, passed: string[], reached: number, slowest: number, peak: number, served: boolean }} Attacked `served`: the page came after it */

/** @type {Answer} */
const fine = (_, response) => void response.writeHead(200, { 'x-ms-request-id': 'r' }).end('<ok/>');

/** @type {Answer} */
const endless = (_, response) => {
  response.writeHead(200, { 'x-ms-request-id': 'r' });
  pour(response);
};

/** Starts the server and an account, attacks, and ends both. @returns {Promise<Attacked[]>} */
export async function attackRelay() {
  const port = await freePort();
  const child = spawn(process.execPath, [join(ROOT, 'dist-node', 'queuescope.mjs'), '--port', String(port)], {
    stdio: 'ignore',
  });
  let reached = 0;
  let answer = fine;
  const account = createServer((incoming, response) => {
    reached++;
    incoming.resume();
    answer(incoming, response);
  });
  account.on('upgrade', (_, socket) => socket.destroy());
  account.on('connection', (socket) => socket.on('error', () => {}));
  account.on('clientError', (_, socket) => socket.destroy());
  await new Promise((resolve) => account.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = account.address();
  const accountPort = typeof address === 'object' && address ? address.port : 0;
  const at = { port, account: accountPort };
  try {
    await untilServed(port);
    const { pid = 0 } = child;
    /** @type {Attacked[]} */
    const results = [];
    for (const [group, forms, answers] of groupsOf(at)) {
      reached = 0;
      forgetPeak(pid);
      const before = memoryOf(pid, 'VmRSS');
      let slowest = 0;
      const outcomes = [];
      for (const [index, form] of forms.entries()) {
        answer = answers?.[index] ?? fine;
        const start = performance.now();
        outcomes.push(await form());
        slowest = Math.max(slowest, performance.now() - start);
      }
      results.push({
        group,
        forms: forms.length,
        refused: outcomes.filter((one) => one === 'refused').length,
        cut: outcomes.filter((one) => one === 'cut').length,
        passed: outcomes.filter((one) => one !== 'refused' && one !== 'cut'),
        reached,
        slowest,
        peak: Math.max(0, memoryOf(pid, 'VmHWM') - before),
        served: await isServed(port),
      });
    }
    if (child.exitCode !== null) throw new Error('The server has ended');
    return results;
  } finally {
    child.kill();
    account.closeAllConnections();
    account.close();
  }
}

/** @typedef {() => Promise<string>} Form one attack; gives `refused`, `cut`, or what came instead */

/**
 * @param {{ port: number, account: number }} at
 * @returns {[group: string, forms: Form[], answers?: Answer[]][]} `answers`: what the account answers to each form
 */
function groupsOf({ port, account }) {
  const own = ownHeaders(port);
  const head = Object.entries(own)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const path = `/relay/http/127.0.0.1:${account}/devstoreaccount1/?comp=list`;
  const ask =
    (/** @type {string} */ to, /** @type {Record<string, string | undefined>} */ headers = {}, method = 'GET') =>
    () =>
      asked(port, to, { ...own, ...headers }, method);
  const raw = (/** @type {string} */ bytes) => () => sent(port, bytes);
  const lines = (/** @type {string} */ method, /** @type {string} */ headers, body = '') =>
    raw(`${method} ${path} HTTP/1.1\r\n${head}${headers}Connection: close\r\n\r\n${body}`);

  const foreign = FOREIGN.map((headers) => ask(path, headers));
  const methods = ['OPTIONS', 'PATCH', 'TRACE', 'MERGE'].map((method) => ask(path, {}, method));
  const addresses = badAddresses({ port, account }).map((address) => ask(`/relay/${address}`));
  const bytes = [
    lines('PUT', 'Content-Length: 1\r\nContent-Length: 2\r\n', 'x'),
    lines('PUT', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    lines('PUT', 'Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'),
    lines('PUT', 'Content-Length : 1\r\n', 'x'),
    lines('PUT', 'Content-Length: +1\r\n', 'x'),
    lines('PUT', 'Transfer-Encoding: chunked\r\n', '1\r\nx\r\n0\r\n\r\n'),
    lines('PUT', `Content-Length: ${MIB}\r\n`, 'x'),
    lines('GET', 'Content-Length: 1\r\n', 'x'),
    lines('GET', 'x-ms-date: a\r\n b: c\r\n'),
    lines('GET', 'x-ms-date: a\nEvil: b\r\n'),
    lines('GET', 'x-ms-date: a\rEvil: b\r\n'),
    lines('GET', 'x-ms-date: a\0b\r\n'),
    lines('GET', 'authorization: a\r\nauthorization: b\r\n'),
    lines('GET', 'Host: attacker.example\r\n'),
    lines('GET', `x-ms-meta: ${'a'.repeat(100_000)}\r\n`),
    lines('GET', 'x-ms-a: b\r\n'.repeat(5000)),
    lines('GET', 'Upgrade: websocket\r\n'),
    raw(`GET http://127.0.0.1:${account}${path} HTTP/1.1\r\n${head}Connection: close\r\n\r\n`),
    raw(`CONNECT 127.0.0.1:${account} HTTP/1.1\r\n${head}Connection: close\r\n\r\n`),
    raw(`GET ${path}${'a'.repeat(100_000)} HTTP/1.1\r\n${head}\r\n`),
    raw('\0'.repeat(100_000)),
    raw('GET '.repeat(50_000)),
  ];
  const redirects = [301, 302, 303, 307, 308].map(
    (status) => /** @type {Answer} */ (_, response) =>
      void response.writeHead(status, { 'x-ms-request-id': 'r', location: 'http://attacker.example/' }).end(),
  );
  /** @type {Answer[]} */
  const hostile = [
    ...redirects,
    (_, response) => void response.writeHead(200).end('secret of another program'),
    ({ socket }) => void socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    ({ socket }) => void socket.end('hello\r\n\r\n'),
    ({ socket }) => void socket.end(''),
    ({ socket }) => void socket.end(`HTTP/1.1 200 OK\r\nx-ms-request-id: ${'a'.repeat(200_000)}\r\n\r\n`),
    ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx'),
    ({ socket }) =>
      void socket.end('HTTP/1.1 200 OK\r\nx-ms-request-id: r\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
    ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\nx-ms-request-id: r\r\nContent-Length: 100\r\n\r\nx'),
    endless,
  ];
  return [
    ['requests of other pages', [...foreign, ...methods]],
    ['addresses and hosts', addresses],
    ['bytes that are no sound request', bytes],
    ['accounts that answer with malice', hostile.map(() => ask(path)), hostile],
    [
      `${MANY} requests that drip in, at once`,
      [
        () =>
          held(
            port,
            Array.from({ length: MANY }, () => `PUT ${path} HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\nx`),
          ),
      ],
    ],
    [
      `${MANY} pages that do not read an endless answer, at once`,
      [
        () =>
          held(
            port,
            Array.from({ length: MANY }, () => `GET ${path} HTTP/1.1\r\n${head}\r\n`),
          ),
      ],
      [endless],
    ],
    ...laneGroupsOf({ port, account, hostile, fine, endless, hold: (all) => held(port, all) }),
  ];
}

/** Writes without end, as fast as it is taken. @param {import('node:http').ServerResponse} response */
function pour(response) {
  const more = () => {
    while (response.writable && response.write(Buffer.alloc(65_536)));
    response.once('drain', more);
  };
  more();
}

/**
 * @param {number} port
 * @param {string} path
 * @param {Record<string, string | undefined>} headers
 * @param {string} method
 */
async function asked(port, path, headers, method) {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  const out = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: /** @type {Record<string, string>} */ (given),
    agent: false,
  });
  // What was cut off is told by the promise.
  out.on('error', () => {});
  out.end();
  try {
    const [came] = /** @type {[import('node:http').IncomingMessage]} */ (await once(out, 'response'));
    const status = came.statusCode ?? 0;
    for await (const _ of came);
    return status >= 400 ? 'refused' : `answered with ${status}`;
  } catch {
    return 'cut';
  }
}

/** Sends bytes as they stand. @param {number} port @param {string} bytes */
async function sent(port, bytes) {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  socket.on('error', () => {});
  socket.write(bytes);
  const outcome = await Promise.race([once(socket, 'close').catch(() => 'cut'), delay(HELD_MS, 'held')]);
  socket.destroy();
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
  if (status >= 400) return 'refused';
  return outcome === 'held' ? 'held open' : text === '' ? 'cut' : `answered with ${status}`;
}

/** Opens all at once, reads nothing, and asks after a while whether the server still serves; then breaks them off. @param {number} port @param {string[]} all */
async function held(port, all) {
  const sockets = all.map((bytes) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.pause();
    socket.write(bytes);
    return socket;
  });
  await delay(HELD_MS);
  const start = performance.now();
  const serves = await isServed(port);
  const took = performance.now() - start;
  for (const socket of sockets) socket.destroy();
  await delay(200);
  return serves && took < HELD_MS ? 'cut' : 'the page did not come';
}

/** @param {number} port */
const isServed = (port) =>
  fetch(`http://127.0.0.1:${port}/`)
    .then(({ ok }) => ok)
    .catch(() => false);

/** @param {number} port */
async function untilServed(port) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await isServed(port)) return;
    await delay(100);
  }
  throw new Error('The server does not start: npm run build');
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Bytes of a process, now or at its highest; 0 where there is no `/proc`. @param {number} pid @param {'VmRSS' | 'VmHWM'} what */
function memoryOf(pid, what) {
  try {
    return (
      Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    );
  } catch {
    return 0;
  }
}

/** @param {number} pid */
function forgetPeak(pid) {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // The highest since the start has to do.
  }
}
