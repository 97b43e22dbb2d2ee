import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emulatorHosts, KNOWN_HOSTS } from '../../src/azure/protocol/known-hosts';
import { type Installation, installationInMemory } from '../installation/installation';
import { metaPolicyWith, policyWith } from './csp';
import { type PageServer, serve } from './serve';

const folder = mkdtempSync(join(tmpdir(), 'queuescope-page-'));
let installation: Installation;
let server: PageServer;

beforeAll(() =>
  writeFileSync(
    join(folder, 'index.html'),
    `<meta http-equiv="Content-Security-Policy" content="${metaPolicyWith([])}" /><p>`,
  ),
);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  installation = installationInMemory();
  server = await serve({
    folder,
    installation,
    local: () => ({ queueEndpoint: 'http://127.0.0.1:40001/devstoreaccount1', account: 'devstoreaccount1' }),
    settings: { signIn: { clientId: 'x', authority: 'https://sign-in.example/tenant' } },
  });
  return server.stop;
});

type Sent = { method?: string; headers?: Record<string, string | undefined>; body?: string };

/** A request as the page sends it, but for what is said otherwise; undefined leaves a header out. */
async function ask(path: string, { method = 'POST', headers = {}, body = '{}' }: Sent = {}) {
  const own: Record<string, string | undefined> = {
    host: `127.0.0.1:${server.port}`,
    origin: `http://127.0.0.1:${server.port}`,
    'content-type': 'application/json',
    'sec-fetch-site': 'same-origin',
    'sec-fetch-dest': 'empty',
    ...headers,
  };
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers: given, agent: false });
  sent.on('error', () => {});
  sent.end(method === 'GET' ? undefined : body);
  const [came] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of came) text += String(chunk);
  return { status: came.statusCode, text, headers: came.headers };
}

const remove = (origin: unknown, sent: Sent = {}) =>
  ask('/allowed-hosts/remove', { body: JSON.stringify({ origin }), ...sent });
const add = (origin: unknown, sent: Sent = {}) => ask('/allowed-hosts', { body: JSON.stringify({ origin }), ...sent });

test('the policy names the known hosts, the local service, the authority, and what the page adds', async () => {
  const usual = [...emulatorHosts('40001'), 'https://sign-in.example'];
  const before = await ask('/', { method: 'GET' });
  expect(before.headers['content-security-policy']).toBe(policyWith(usual));
  expect(before.text).toContain(`content="${metaPolicyWith(usual)}"`);

  expect((await add('https://queues.example')).status).toBe(200);

  const after = await ask('/', { method: 'GET', headers: { 'if-none-match': before.headers.etag } });
  expect(after.status).toBe(200);
  expect(after.headers['content-security-policy']).toBe(policyWith([...usual, 'https://queues.example']));
  expect(after.text).toContain(`content="${metaPolicyWith([...usual, 'https://queues.example'])}"`);
  expect((await ask('/', { method: 'GET', headers: { 'if-none-match': after.headers.etag } })).status).toBe(304);
});

test('what the page removes is out of the policy, and another host stays', async () => {
  await add('https://queues.example');
  await add('http://127.0.0.1:40002');
  const listed = await ask('/allowed-hosts/list');
  expect(JSON.parse(listed.text)).toEqual({ hosts: ['https://queues.example', 'http://127.0.0.1:40002'], given: [] });

  const removed = await remove('https://queues.example');
  expect({ status: removed.status, ...JSON.parse(removed.text) }).toEqual({
    status: 200,
    hosts: ['http://127.0.0.1:40002'],
    given: [],
  });
  const { headers, text } = await ask('/', { method: 'GET' });
  for (const policy of [headers['content-security-policy'], text]) {
    expect(policy).not.toContain('queues.example');
    expect(policy).toContain('http://127.0.0.1:40002');
  }
});

test.each(['https://other.example', 'https://queues.example/', 'https://QUEUES.example', '', 7, null, undefined])(
  '%j is no host that was added, and nothing is removed',
  async (origin) => {
    await add('https://queues.example');
    const { status, text } = await remove(origin);
    expect({ status, text }).toEqual({ status: 400, text: 'This host is not among those that were added.' });
    expect(installation.hosts()).toEqual(['https://queues.example']);
  },
);

test('the page is told that it is at another port than usual', async () => {
  expect((await ask('/', { method: 'GET' })).text).not.toContain('usual-port');
  const moved = await serve({ folder, usualPort: 5190 });
  const text = await (await fetch(moved.url)).text();
  await moved.stop();
  expect(text).toContain('<meta name="queuescope-usual-port" content="5190" />');
});

test('whatever looks for a service worker gets one that ends itself', async () => {
  const answer = await ask('/any.js', { method: 'GET', headers: { 'service-worker': 'script' } });
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript;charset=utf-8' } });
  expect(answer.text).toContain('registration.unregister()');
  const foreign = { host: 'attacker.example', 'service-worker': 'script' };
  expect((await ask('/any.js', { method: 'GET', headers: foreign })).status).toBe(421);
});

test('no more than these hosts is reached', () => {
  const connect = policyWith([])
    .split('; ')
    .find((one) => one.startsWith('connect-src'));
  expect(connect).toBe(`connect-src 'self' ${KNOWN_HOSTS.join(' ')}`);
});

test('the secret is told to the page', async () => {
  const { status, text, headers } = await ask('/installation');
  expect({ status, secret: JSON.parse(text) }).toEqual({ status: 200, secret: { secret: installation.secret } });
  expect(headers['cache-control']).toBe('no-store');
});

test.each<[string, Sent]>([
  ['another site', { headers: { origin: 'https://attacker.example', 'sec-fetch-site': 'cross-site' } }],
  ['another port of this machine', { headers: { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' } }],
  ['another name of this server', { headers: { host: 'attacker.example' } }],
  ['a page without an origin', { headers: { origin: undefined } }],
  ['an opaque origin', { headers: { origin: 'null' } }],
  ['a browser that does not say where from', { headers: { 'sec-fetch-site': undefined } }],
  ['a document', { headers: { 'sec-fetch-dest': 'document' } }],
  ['a form', { headers: { 'content-type': 'text/plain' } }],
  ['a read', { method: 'GET' }],
  ['what is no JSON', { body: '{' }],
  ['what is no object', { body: 'null' }],
  ['what is too long', { body: JSON.stringify({ origin: 'https://queues.example', more: 'x'.repeat(2000) }) }],
])('%s gets no secret and no list, and adds and removes no host', async (_, sent) => {
  installation.addHost('https://stays.example');
  for (const [path, origin] of [
    ['/allowed-hosts', 'https://queues.example'],
    ['/allowed-hosts/remove', 'https://stays.example'],
    ['/allowed-hosts/list', ''],
    ['/installation', ''],
  ] as const) {
    const body = JSON.stringify({ origin });
    const { status, text } = await ask(path, { body, ...sent });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain(installation.secret);
    expect(text).not.toContain('stays.example');
  }
  expect(installation.hosts()).toEqual(['https://stays.example']);
});

test.each(['https://*', 'https://a.example; script-src *', "'unsafe-inline'", 7, null, undefined])(
  '%j is not added',
  async (origin) => {
    expect((await add(origin)).status).toBe(400);
    expect(installation.hosts()).toEqual([]);
  },
);
