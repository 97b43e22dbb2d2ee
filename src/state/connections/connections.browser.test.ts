import { afterEach, describe, expect, test } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';

const SERVICE = { queueEndpoint: 'http://127.0.0.1:10071/devstoreaccount1', account: 'devstoreaccount1' };
const harborlane = async () => ({
  account: 'harborlane',
  endpoint: 'https://harborlane.queue.core.windows.net',
  credential: { kind: 'key' as const, key: await importKey(EMULATOR.key) },
});

let page: HTMLIFrameElement | undefined;

/** The page as it is after a load: a frame with modules and locks of its own, in the same tab of the same browser. */
async function loadPage(localService = new Response('Not found', { status: 404 })) {
  page?.remove();
  return loadPageBeside(localService);
}

/** Another one beside it, as in another tab. */
async function loadPageBeside(localService = new Response('Not found', { status: 404 })) {
  page = document.createElement('iframe');
  document.body.append(page);
  const realm = page.contentWindow as unknown as typeof globalThis;
  realm.fetch = async () => localService.clone();
  // What the runner makes of an import that is made later.
  Reflect.set(realm, '__vitest_browser_runner__', { wrapDynamicImport: (load: () => unknown) => load() });
  // oxlint-disable-next-line typescript/no-implied-eval -- An import of the frame, not of this page.
  const load = new realm.Function('address', 'return import(address)') as (address: string) => Promise<unknown>;
  const { startConnections } = (await load(
    addressOf('../start/start-connections'),
  )) as typeof import('../start/start-connections');
  await startConnections();
  return (await load(addressOf('./connections'))) as typeof import('./connections');
}

const addressOf = (name: string) => new URL(`${name}.ts`, import.meta.url).href;

const json = (value: unknown) => Response.json(value);

afterEach(async () => {
  const { currentConnections, forgetConnection } = await loadPage();
  for (const { id } of currentConnections()) await forgetConnection(id);
  page?.remove();
  sessionStorage.clear();
});

test('a reload finds the connections again and asks for a key, which opens what was there', async () => {
  const before = await loadPage();
  const secret = await importKey(btoa('x'.repeat(64)));
  const own = { ...(await harborlane()), credential: { kind: 'key' as const, key: secret } };
  const { id } = await before.addConnection(own, 'tab', { environment: 'PROD', readOnly: true });

  const after = await loadPage();
  expect(after.currentConnections()).toMatchObject([{ id, keep: 'tab', locked: true, environment: 'PROD' }]);
  expect(after.connectionOf(id)).toBeUndefined();
  await after.addConnection(own, 'tab');
  const [connection] = after.currentConnections();
  expect(connection).toMatchObject({ id, environment: 'PROD', readOnly: true });
  expect(connection?.locked).toBeUndefined();
  expect(after.connectionOf(id)?.credential).toMatchObject({ kind: 'key', key: { extractable: false } });
});

test('a reload has a published key', async () => {
  const before = await loadPage();
  const { id } = await before.addConnection(await harborlane(), 'tab');

  const after = await loadPage();
  expect(after.currentConnections()).toMatchObject([{ id, account: 'harborlane', kind: 'key', keep: 'tab' }]);
  expect(after.connectionOf(id)?.credential).toMatchObject({ kind: 'key', key: { extractable: false } });
});

test('the next token of a connection takes the place of the last one, and its account stays the same', async () => {
  const { addConnection, connectionOf, currentConnections, renewConnection } = await loadPage();
  const { credential: _, ...where } = await harborlane();
  const { id } = await addConnection({ ...where, credential: { kind: 'token', token: 'first' } }, 'tab');
  const credential = connectionOf(id)?.credential;
  if (credential?.kind !== 'token') throw new Error('not by token');

  await renewConnection(id, 'second', { holder: { who: 'ada', expiresAt: 7 } });
  expect(connectionOf(id)?.credential).toBe(credential);
  expect(await credential.getToken()).toBe('second');
  expect(currentConnections()).toMatchObject([{ id, kind: 'token', holder: { who: 'ada', expiresAt: 7 } }]);

  const after = await loadPage();
  expect(after.currentConnections()).toMatchObject([{ id, locked: true, holder: { who: 'ada' } }]);
  expect(after.connectionOf(id)).toBeUndefined();
});

test('several connections stand side by side, in the order in which they came', async () => {
  const { addConnection, currentConnections } = await loadPage();
  const first = await harborlane();
  await addConnection(first, 'tab');
  await addConnection({ ...first, account: 'returns', endpoint: 'https://returns.queue.core.windows.net' }, 'device');
  await addConnection(first, 'device');

  expect(currentConnections().map(({ account, keep }) => `${account} ${keep}`)).toEqual([
    'harborlane device',
    'returns device',
  ]);
});

test('a connection that was forgotten is gone after a reload, and its key at once', async () => {
  const { addConnection, forgetConnection, connectionOf } = await loadPage();
  const { id } = await addConnection(await harborlane(), 'device');
  await forgetConnection(id);

  expect(connectionOf(id)).toBeUndefined();
  expect((await loadPage()).currentConnections()).toEqual([]);
});

test('a newcomer has the service that runs beside the page', async () => {
  const { currentConnections } = await loadPage(json(SERVICE));

  expect(currentConnections()).toMatchObject([{ endpoint: SERVICE.queueEndpoint, local: true, keep: 'tab' }]);
});

test('a service that came back on another port is added beside the old one', async () => {
  await loadPage(json(SERVICE));
  const { currentConnections } = await loadPage(
    json({ ...SERVICE, queueEndpoint: SERVICE.queueEndpoint.replace('10071', '10072') }),
  );

  expect(currentConnections().map(({ endpoint }) => new URL(endpoint).port)).toEqual(['10071', '10072']);
});

test('a person with an account of their own is not given another', async () => {
  const { addConnection } = await loadPage();
  await addConnection(await harborlane(), 'tab');

  const { currentConnections } = await loadPage(json(SERVICE));
  expect(currentConnections().map(({ account }) => account)).toEqual(['harborlane']);
});

test('the local service stays away from a tab in which it was forgotten', async () => {
  const { currentConnections, forgetConnection } = await loadPage(json(SERVICE));
  for (const { id } of currentConnections()) await forgetConnection(id);

  expect((await loadPage(json(SERVICE))).currentConnections()).toEqual([]);
});

test.each([
  [
    'the page itself, as static hosts answer',
    new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
  ],
  ['a service on another machine', json({ ...SERVICE, queueEndpoint: 'http://192.0.2.1:10001/devstoreaccount1' })],
  ['something else', json({ hello: 'world' })],
  ['no address', json({ ...SERVICE, queueEndpoint: 'nowhere' })],
])('%s is no local service', async (_, answer) => {
  expect((await loadPage(answer)).currentConnections()).toEqual([]);
});

describe('in another tab', () => {
  let first: HTMLIFrameElement | undefined;
  afterEach(() => first?.remove());

  /** Two pages of the same browser. */
  async function twoTabs() {
    const here = await loadPage();
    first = page;
    return { here, there: await loadPageBeside() };
  }

  test('a connection by token that is forgotten gives no more tokens, whoever still holds it', async () => {
    const { here, there } = await twoTabs();
    const { credential: _, ...where } = await harborlane();
    const token = { ...where, credential: { kind: 'token' as const, token: 'planted' } };
    const { id } = await here.addConnection(token, 'device', { isProtected: false });
    await expect.poll(() => there.connectionOf(id)).toBeDefined();
    const held = there.connectionOf(id)?.credential;
    if (held?.kind !== 'token') throw new Error('not by token');
    expect(await held.getToken()).toBe('planted');

    await here.forgetConnection(id);
    await expect.poll(() => there.currentConnections()).toEqual([]);
    // It would wait for a person, who is asked for a token of nothing.
    await expect(held.getToken(AbortSignal.timeout(50))).rejects.toThrow();
  });

  test('a change of one thing leaves what was just changed here', async () => {
    const { here, there } = await twoTabs();
    const { id } = await here.addConnection(await harborlane(), 'device');
    await expect.poll(() => there.connectionOf(id)).toBeDefined();
    await Promise.all([
      here.changeConnection(id, { readOnly: true }),
      there.changeConnection(id, { environment: 'PROD' }),
    ]);
    for (const tab of [here, there])
      await expect.poll(() => tab.currentConnections()).toMatchObject([{ readOnly: true, environment: 'PROD' }]);
    expect((await loadPage()).currentConnections()).toMatchObject([{ readOnly: true, environment: 'PROD' }]);
  });

  test('a key that is added again is never missing meanwhile', async () => {
    const { here, there } = await twoTabs();
    const { id } = await here.addConnection(await harborlane(), 'device');
    await expect.poll(() => there.connectionOf(id)).toBeDefined();
    const before = there.connectionOf(id)?.credential;
    const seen = new Set<boolean>();
    const watch = setInterval(() => seen.add(there.connectionOf(id) !== undefined));
    await here.addConnection(await harborlane(), 'device');
    await expect.poll(() => there.connectionOf(id)?.credential, { interval: 1 }).not.toBe(before);
    clearInterval(watch);
    expect(seen.has(false)).toBe(false);
    expect(there.connectionOf(id)).toBeDefined();
  });
});
