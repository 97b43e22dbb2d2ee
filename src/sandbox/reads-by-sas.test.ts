import { expect, test } from 'vitest';
import type { Exchange } from '../azure/protocol/exchange';
import { addressOf } from '../azure/relay/relay-fetch';
import { connectTo, openSandbox } from './open-sandbox.fixture';

const REFUSAL = new Response('<Error><Code>AuthorizationFailure</Code></Error>', { status: 403 });

/** A client whose browser asks before headers of ours; `how` tells of each request how it was signed. */
async function scene() {
  const { sandbox, clock, account: other } = openSandbox();
  for (const name of ['orders', 'invoices']) await other.createQueue(name);
  const seen: Exchange[] = [];
  const refusing: { when?: (url: URL) => boolean } = {};
  const account = connectTo(sandbox, {
    hasPreflights: true,
    observe: (exchange) => exchange.duration !== undefined && seen.push(exchange),
    fetch: async (input: RequestInfo | URL, init?: RequestInit) =>
      refusing.when?.(new URL(addressOf(input))) ? REFUSAL.clone() : sandbox.fetch(input, init),
  });
  const how = () =>
    seen.splice(0).map(({ url, request, response }) => {
      const query = new URL(url).searchParams;
      return query.has('sig')
        ? `${query.get('sp')} ${request.headers.length} ${response?.status}`
        : `key ${response?.status}`;
    });
  // The part that signs reads comes after the first answer.
  while (!seen.at(-1)?.url.includes('sig=')) {
    for await (const page of account.listQueues()) expect(page).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve));
  }
  how();
  return { account, other, clock, seen, how, refusing };
}

test('an address is read with the key first, and from then on by a signature that has one right and needs no header', async () => {
  const { account, other, how } = await scene();
  await other.sendMessage('orders', { text: 'hello' });

  expect((await account.peekMessages('orders'))[0]?.text).toBe('hello');
  expect((await account.peekMessages('orders'))[0]?.text).toBe('hello');
  expect(how()).toEqual(['key 200', 'rl 0 200']);
  await account.getQueueProperties('orders');
  expect((await account.getQueueProperties('orders')).approximateMessageCount).toBe(1);
  expect(how()).toEqual(['key 200', 'rl 0 200']);
  await account.receiveMessages('orders', { visibilityTimeout: 1 });
  await account.receiveMessages('invoices', { visibilityTimeout: 1 });
  await account.receiveMessages('invoices', { visibilityTimeout: 1 });
  await account.receiveMessages('orders', { visibilityTimeout: 1 });
  expect(how()).toEqual(['key 200', 'key 200', 'p 0 200', 'p 0 200']);
  await account.getServiceProperties();
  await account.getServiceProperties();
  expect(how()).toEqual(['key 200', 'rl 0 200']);
});

test('changes and policies are signed by the key, however often', async () => {
  const { account, how } = await scene();
  for (let time = 0; time < 2; time++) {
    await account.sendMessage('orders', { text: 'again' });
    await account.getAccessPolicies('orders');
    await account.createQueue('orders');
  }
  expect(new Set(how())).toEqual(new Set(['key 201', 'key 200', 'key 204']));
});

test('of many addresses of one operation, those after the eighth are read without headers at once', async () => {
  const { account, other, how } = await scene();
  for (let n = 0; n < 10; n++) await other.createQueue(`queue-${n}`);
  for (let n = 0; n < 10; n++) await account.getQueueProperties(`queue-${n}`);
  expect(how()).toEqual([...Array<string>(8).fill('key 200'), 'rl 0 200', 'rl 0 200']);
});

test('one is used for a quarter of an hour, shows what was signed and not its signature, and is then made anew', async () => {
  const { account, clock, seen } = await scene();
  const expiries = new Set<string | null>();
  await account.peekMessages('orders');
  for (let minute = 0; minute < 40; minute += 5) {
    await account.peekMessages('orders');
    expiries.add(new URL(seen.at(-1)?.url ?? '').searchParams.get('se'));
    clock.advance(300_000);
  }
  expect([...expiries]).toEqual(['2026-01-02T03:34:05Z', '2026-01-02T03:49:05Z', '2026-01-02T04:04:05Z']);
  const { url = '', request } = seen.at(-1) ?? {};
  expect(new URL(url).searchParams.get('sig')).toMatch(/^•+$/);
  expect(request?.stringToSign).toMatch(/^devstoreaccount1\nrl\nq\nsco\n|^sandbox\nrl\nq\nsco\n/);
});

test('an account that refuses them is read with the key again, and nobody is told of a failure', async () => {
  const { account, how, refusing } = await scene();
  refusing.when = (url) => url.searchParams.has('sig');
  await account.peekMessages('orders');
  expect(await account.peekMessages('orders')).toEqual([]);
  expect(await account.peekMessages('orders')).toEqual([]);
  expect(how()).toEqual(['key 200', 'rl 0 403', 'key 200', 'key 200']);
});

test('a key that is refused later is told as a refused key', async () => {
  const { account, how, refusing } = await scene();
  await account.peekMessages('orders');
  refusing.when = () => true;
  await expect(account.peekMessages('orders')).rejects.toMatchObject({ status: 403, credential: 'key' });
  expect(how()).toEqual(['key 200', 'rl 0 403', 'key 403']);
});

test('where nothing is asked before headers, all is signed by the key', async () => {
  const { sandbox, account: other } = openSandbox();
  await other.createQueue('orders');
  const urls: string[] = [];
  const account = connectTo(sandbox, { observe: ({ url }) => urls.push(url) });
  for (let time = 0; time < 12; time++) await account.peekMessages('orders');
  expect(urls.some((url) => url.includes('sig='))).toBe(false);
});
