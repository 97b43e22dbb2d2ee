// Attacks on the lane of the relay: batches of others, batches that are none, and in each other batch one request that must be
// refused beside one that must be answered all the same.
import { once } from 'node:events';
import { request } from 'node:http';
import { badAddresses, FOREIGN, ownHeaders } from './attack-forms.mjs';

const MIB = 1024 * 1024;
/** Requests of a batch at most, as `src/azure/relay/lane-frames.ts` says. */
const MOST = 64;

/** @typedef {import('./relay-attacks.mjs').Form} Form */
/** @typedef {import('./relay-attacks.mjs').Answer} Answer */
/** @typedef {{ n?: number, method?: unknown, url?: unknown, headers?: unknown, bytes?: unknown }} Head */

/** @param {Head} head @param {string | Buffer} [body] */
const frame = (head, body = '') =>
  Buffer.concat([
    Buffer.from(`${JSON.stringify({ n: 0, method: 'GET', headers: [], ...head, bytes: head.bytes ?? body.length })}\n`),
    Buffer.from(body),
  ]);

/** @param {number} count @param {Buffer} one */
const many = (count, one) => Buffer.concat(Array.from({ length: count }, () => one));

/**
 * @param {{ port: number, account: number, hostile: readonly Answer[], hold: (all: string[]) => Promise<string>, fine: Answer, endless: Answer }} at
 * @returns {[group: string, forms: Form[], answers?: Answer[]][]}
 */
export function laneGroupsOf({ port, account, hostile, hold, fine, endless }) {
  const own = ownHeaders(port);
  const url = (path = '/a') => `http://127.0.0.1:${account}${path}`;
  const FINE = frame({ url: url('/fine') });
  const whole =
    (/** @type {Buffer} */ bytes, /** @type {Record<string, string | undefined>} */ headers = {}, method = 'POST') =>
    () =>
      handed(port, bytes, { ...own, ...headers }, method);
  /** One that must be refused, and one that must be answered. */
  const beside = (/** @type {Buffer} */ bad) => () => handed(port, Buffer.concat([bad, FINE]), own, 'POST', 1);

  const targets = [
    ...badAddresses({ port, account }).map((address) => address.replace('/', '://')),
    '//127.0.0.1/a',
    'http:/127.0.0.1/a',
    'javascript://127.0.0.1/a',
    `${url()}\r\nHost: evil.example`,
    `${url()} HTTP/1.1`,
    `${url()}\0`,
    'http://127.0.0.1:80:80/a',
    'http://[fe80::1]/a',
    'http://0177.0.0.1/a',
  ].map((one) => beside(frame({ url: one })));
  const heads = [
    ...[7, null, 'get', 'PATCH', 'CONNECT', 'GET / HTTP/1.1\r\nEvil: a', ''].map((method) => ({ method })),
    ...[7, null, {}, ['a']].map((address) => ({ url: address })),
    ...[null, {}, 'a: b', [['a']], [['a', 'b', 'c']], [['a', 7]], [7]].map((headers) => ({ headers })),
    ...[
      [['x-ms-date', 'a\r\nEvil: b']],
      [['x-ms-date', 'a\nEvil: b']],
      [['x-ms-date', 'a\0b']],
      [['x-ms-date', 'a\u2028b']],
      [
        ['authorization', 'a'],
        ['Authorization', 'b'],
      ],
      [['content-length', '5']],
      [['Content-Length', '0']],
    ].map((headers) => ({ headers })),
  ].map((head) => beside(frame({ url: url(), ...head })));
  const bodies = [
    beside(frame({ url: url() }, 'a body of a GET')),
    beside(frame({ url: url(), method: 'DELETE' }, 'x')),
    beside(frame({ url: url(), method: 'PUT' }, Buffer.alloc(MIB))),
  ];
  const none = [
    whole(Buffer.alloc(0)),
    whole(Buffer.from('\n')),
    whole(Buffer.from('{}')),
    whole(Buffer.from('[]\n')),
    whole(Buffer.from('null\n')),
    whole(Buffer.from(`${'['.repeat(60_000)}\n`)),
    whole(Buffer.from(`${'x'.repeat(100_000)}\n`)),
    whole(Buffer.from([0xff, 0xfe, 10])),
    whole(FINE.subarray(0, -2)),
    ...[-1, 1.5, 1e308, '5', 5 * MIB, 100].map((bytes) => whole(frame({ url: url(), bytes }))),
    whole(Buffer.concat([FINE, Buffer.from('trailing')])),
    whole(many(MOST + 1, FINE)),
    whole(many(MIB, Buffer.from('{}\n'))),
    whole(Buffer.alloc(4 * MIB, '\n')),
    whole(Buffer.alloc(4 * MIB + 1, 'x')),
    whole(FINE, { 'content-length': undefined, 'transfer-encoding': 'chunked' }),
    whole(FINE, { upgrade: 'websocket', connection: 'upgrade' }),
  ];
  const kept = /** @type {Answer[]} */ (
    hostile.map(
      (answer) => (incoming, response) =>
        incoming.url === '/fine' ? fine(incoming, response) : answer(incoming, response),
    )
  );
  const head = Object.entries(own)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const post = (/** @type {number} */ length, /** @type {Buffer | string} */ bytes) =>
    `POST /lane HTTP/1.1\r\n${head}Content-Length: ${length}\r\n\r\n${String(bytes)}`;
  const full = many(MOST, frame({ url: url() }));
  return [
    [
      'lane: batches of other pages',
      [
        ...FOREIGN.map((headers) => whole(FINE, headers)),
        ...['GET', 'PUT', 'DELETE', 'PATCH'].map((method) => whole(FINE, {}, method)),
      ],
    ],
    ['lane: one address or host of a batch', targets],
    ['lane: one head or body of a batch', [...heads, ...bodies]],
    ['lane: what is no batch', none],
    ['lane: accounts that answer one of a batch with malice', kept.map(() => beside(frame({ url: url() }))), kept],
    ['lane: 200 batches that drip in, at once', [() => hold(Array.from({ length: 200 }, () => post(MIB, '{')))]],
    [
      'lane: 50 pages with 64 endless answers each that they do not read',
      [() => hold(Array.from({ length: 50 }, () => post(full.length, full)))],
      [endless],
    ],
  ];
}

/**
 * Hands a batch over; `refused` as a whole, or its first `bad` ones where the others are answered.
 * @param {number} port @param {Buffer} bytes @param {Record<string, string | undefined>} headers @param {string} method @param {number} [bad]
 */
async function handed(port, bytes, headers, method, bad = 0) {
  /** @type {Record<string, string | undefined>} */
  const all = { 'content-length': String(bytes.length), ...headers };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const out = request({
    host: '127.0.0.1',
    port,
    path: '/lane',
    method,
    headers: /** @type {Record<string, string>} */ (given),
    agent: false,
  });
  // What was cut off is told by the promise.
  out.on('error', () => {});
  out.end(bytes);
  try {
    const [came] = /** @type {[import('node:http').IncomingMessage]} */ (await once(out, 'response'));
    /** @type {Map<unknown, string>} */
    const ends = new Map();
    for await (const one of headsOf(came))
      if (!one.more) ends.set(one.n, one.refused === undefined ? String(one.status ?? 'whole') : 'refused');
    if ((came.statusCode ?? 0) >= 400) return 'refused';
    const passed = [...ends].filter(([n, end]) => Number(n) < bad !== (end === 'refused'));
    if (bad > 0 && passed.length === 0 && ends.size === bad + 1) return 'refused';
    return `${came.statusCode}: ${JSON.stringify([...ends])} for ${bytes.toString('utf8', 0, 80)}`;
  } catch {
    return bad > 0 ? 'the others ended with it' : 'cut';
  }
}

/** The heads of an answer's frames. @param {AsyncIterable<Buffer>} came */
async function* headsOf(came) {
  let rest = Buffer.alloc(0);
  let skip = 0;
  for await (const piece of came) {
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      const skipped = Math.min(skip, rest.length);
      rest = rest.subarray(skipped);
      skip -= skipped;
      const end = skip > 0 ? -1 : rest.indexOf(10);
      if (end < 0) break;
      /** @type {{ n: unknown, status?: number, more?: boolean, refused?: string, bytes?: number }} */
      let head;
      try {
        head = JSON.parse(rest.subarray(0, end).toString());
      } catch {
        // A refusal of the whole is a sentence.
        return;
      }
      skip = head.bytes ?? 0;
      rest = rest.subarray(end + 1);
      yield head;
    }
  }
}
