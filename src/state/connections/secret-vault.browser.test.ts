import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { openVault, type VaultOptions } from './secret-vault';
import { DEVICE, type Entry, entryStore, type Keep, type StoredConnection } from './vault-entries';

const KEY = btoa('a planted account key that must never be found in any storage!!!');
const TOKEN = 'sv=2024-11-04&ss=q&sig=planted%2Bsignature%3D';

const connection = (id: string, keep: Keep, kind: StoredConnection['kind'] = 'key'): StoredConnection => ({
  id,
  account: id,
  endpoint: `https://${id}.queue.core.windows.net`,
  kind,
  keep,
  // Without a passphrase; those with one are in `passphrase.browser.test.ts`.
  ...(keep === 'device' && { isProtected: false }),
  local: false,
  addedAt: 1,
});
const key = async () => ({ kind: 'key' as const, key: await importKey(KEY) });
const sas = { kind: 'sas' as const, token: TOKEN };

/** Tabs of one browser: each has a copy of the session storage it was opened with. */
const tabs: (() => void)[] = [];
async function openInTab(options: VaultOptions = {}) {
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  tabs.push(close);
  const vault = await openVault({ graceMs: 0, closed, ...options });
  return { vault, close, ids: async () => (await vault.load()).map((deposit) => deposit.connection.id).toSorted() };
}

/** Everything that IndexedDB holds, as a script that looks around would find it. */
async function everythingStored(): Promise<unknown[]> {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const stored = await Promise.all(names.map(readAll));
  return stored.flat();
}

async function readAll(name: string): Promise<unknown[]> {
  const database = await done(indexedDB.open(name));
  const all = await Promise.all(
    [...database.objectStoreNames].map((store) => done(database.transaction(store).objectStore(store).getAll())),
  );
  database.close();
  return all.flat();
}

const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
  });

const latin1 = new TextDecoder('latin1');
function textOf(value: unknown): string {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return latin1.decode(value);
  if (value instanceof CryptoKey) return value.extractable ? 'EXTRACTABLE' : '';
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${textOf(inner)}`)
    .join(' ');
}

const closeAll = () => tabs.splice(0).forEach((close) => close());

beforeEach(() => sessionStorage.clear());
afterEach(async () => {
  closeAll();
  sessionStorage.clear();
  const { vault } = await openInTab();
  for (const id of ['tab', 'device', 'sas']) await vault.forget(id);
  closeAll();
  await nobodyHome();
});

/** A lock is let go a moment after its holder settles. */
const nobodyHome = () =>
  vi.waitFor(async () => {
    const { held } = await navigator.locks.query();
    expect(held).toEqual([]);
  });

test('a reload knows the connections of the tab and asks for their secrets, which were never stored', async () => {
  const token = `eyJ0eXAi.${btoa('a planted access token')}.c2lnbmF0dXJl`;
  const first = await openInTab();
  const safe = { environment: 'PROD', readOnly: true };
  await first.vault.store({ connection: { ...connection('tab', 'tab'), ...safe }, secret: await key() }, KEY);
  await first.vault.store({ connection: connection('sas', 'tab', 'sas'), secret: sas });
  await first.vault.store({ connection: connection('device', 'tab', 'token'), secret: { kind: 'token', token } });
  // Besides the key of the vault itself there is nothing that could sign or be opened.
  expect((await storedEntries()).filter(({ owner }) => owner !== DEVICE).map(({ secret }) => secret)).toEqual(
    Array.from({ length: 3 }),
  );
  first.close();
  await nobodyHome();

  const { vault } = await openInTab();
  expect(vault.removedSecrets).toBe(false);
  const deposits = (await vault.load()).toSorted((a, b) => a.connection.id.localeCompare(b.connection.id));
  expect(deposits.map(({ secret }) => secret)).toEqual([undefined, undefined, undefined]);
  expect(deposits.map(({ connection: { kind } }) => kind)).toEqual(['token', 'sas', 'key']);
  expect(deposits[2]?.connection).toMatchObject({ endpoint: 'https://tab.queue.core.windows.net', ...safe });
});

const storedEntries = async () => (await readAll('queuescope-vault')) as Entry[];

test('a published key is no secret: a reload has it, and of a sign-in there are ids alone', async () => {
  const signIn = {
    clientId: 'c',
    tenant: 't',
    authority: 'https://login.example',
    homeAccountId: 'h',
    username: 'ada',
  };
  const first = await openInTab();
  const published = { kind: 'key' as const, key: await importKey(EMULATOR.key) };
  await first.vault.store({ connection: connection('tab', 'tab'), secret: published });
  const signedIn = { ...connection('device', 'device', 'token'), signIn };
  await first.vault.store({ connection: signedIn, secret: { kind: 'token', token: 'a token' } });
  expect(textOf(await everythingStored())).not.toContain('a token');
  first.close();
  await nobodyHome();

  const { vault } = await openInTab();
  const [ids, signing] = (await vault.load()).toSorted((a, b) => a.connection.id.localeCompare(b.connection.id));
  expect(ids).toMatchObject({ connection: signedIn, secret: { kind: 'token', token: '' } });
  expect(signing?.secret).toMatchObject({ kind: 'key', key: { extractable: false } });
});

/** Stores an entry as an earlier version did. */
const put = (entry: Entry) =>
  entryStore()('readwrite', (objects) => done(objects.put(entry, `${entry.owner}/${entry.connection?.id}`)));

test('secrets that an earlier version stored for tabs are removed once, and the connections stay', async () => {
  const { close } = await openInTab();
  const owner = sessionStorage.getItem('queuescope.tab') ?? '';
  close();
  await nobodyHome();
  const { key: old } = await key();
  await put({ owner, connection: connection('tab', 'tab'), secret: old });
  await put({ owner, connection: connection('sas', 'tab'), secret: await importKey(EMULATOR.key) });
  await put({ owner: DEVICE, connection: connection('device', 'device'), secret: old });

  const { vault, close: reload } = await openInTab();
  expect(vault.removedSecrets).toBe(true);
  const kinds = (await vault.load()).map((one) => `${one.connection.id} ${one.secret?.kind ?? 'asks'}`).toSorted();
  expect(kinds).toEqual(['device key', 'sas key', 'tab asks']);
  expect((await storedEntries()).filter(({ secret }) => secret === old || secret instanceof CryptoKey)).toHaveLength(2);
  reload();
  await nobodyHome();
  expect((await openInTab()).vault.removedSecrets).toBe(false);
});

test('a connection of a tab is no other tab’s, and is removed once that tab is closed', async () => {
  const first = await openInTab();
  await first.vault.store({ connection: connection('tab', 'tab'), secret: await key() });
  await first.vault.store({ connection: connection('device', 'device'), secret: await key() });

  sessionStorage.clear();
  const second = await openInTab();
  expect(await second.ids()).toEqual(['device']);
  expect(textOf(await everythingStored())).toContain('https://tab.');

  first.close();
  second.close();
  await nobodyHome();
  sessionStorage.clear();
  await openInTab();
  await vi.waitFor(async () => expect(textOf(await everythingStored())).not.toContain('https://tab.'));
  expect(textOf(await everythingStored())).toContain('https://device.');
});

test('a tab that is only slow to reload keeps its connections', async () => {
  const slow = await openInTab();
  const name = sessionStorage.getItem('queuescope.tab') ?? '';
  await slow.vault.store({ connection: connection('tab', 'tab'), secret: await key() });
  slow.close();
  await nobodyHome();

  sessionStorage.clear();
  const look = Promise.withResolvers<void>();
  vi.spyOn(globalThis, 'setTimeout').mockImplementationOnce((again) => {
    void look.promise.then(() => (again as () => void)());
    return 0;
  });
  await openInTab({ graceMs: 60_000 });
  sessionStorage.setItem('queuescope.tab', name);
  const reloaded = await openInTab();
  look.resolve();

  expect(await reloaded.ids()).toEqual(['tab']);
  await nobodyElseRemoves();
  expect(await reloaded.ids()).toEqual(['tab']);
});

/** Gives a removal that is under way the time to do harm: a whole transaction of its own. */
const nobodyElseRemoves = async () => void (await everythingStored());

test('a duplicated tab has the connections of its twin under a name of its own, without their secrets', async () => {
  const first = await openInTab();
  await first.vault.store({ connection: connection('tab', 'tab'), secret: await key() });
  const name = sessionStorage.getItem('queuescope.tab');

  const twin = await openInTab();
  expect(sessionStorage.getItem('queuescope.tab')).not.toBe(name);
  expect(await twin.vault.load()).toEqual([{ connection: expect.objectContaining({ id: 'tab' }) }]);
});

test('forgetting a connection removes it from all tabs and from the device', async () => {
  const first = await openInTab();
  await first.vault.store({ connection: connection('tab', 'tab'), secret: await key() });
  sessionStorage.clear();
  const second = await openInTab();
  await second.vault.store({ connection: connection('tab', 'device'), secret: await key() });

  await second.vault.forget('tab');

  expect(await first.ids()).toEqual([]);
  expect(await second.ids()).toEqual([]);
  expect(textOf(await everythingStored())).not.toContain('https://tab.');
});

test('keeping a connection for the tab takes it off the device', async () => {
  const { vault, ids } = await openInTab();
  await vault.store({ connection: connection('device', 'device'), secret: await key() });
  await vault.store({ connection: connection('device', 'tab'), secret: await key() });
  expect(await ids()).toEqual(['device']);

  sessionStorage.clear();
  expect(await (await openInTab()).ids()).toEqual([]);
});

test('no secret can be found in any storage', async () => {
  const { vault } = await openInTab();
  await vault.store({ connection: connection('device', 'device'), secret: await key() });
  await vault.store({ connection: connection('sas', 'device', 'sas'), secret: sas });

  const stored = textOf(await everythingStored());
  expect(stored).toContain('https://sas.');
  expect(stored).not.toContain('EXTRACTABLE');
  for (const secret of [KEY, atob(KEY), 'planted']) expect(stored).not.toContain(secret);
  expect(Object.keys(localStorage)).toEqual([]);
  expect(Object.keys(sessionStorage)).toEqual(['queuescope.tab']);
});

test('without storage the secrets are in memory, and the vault says so', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  const { vault, ids } = await openInTab();
  vi.restoreAllMocks();

  expect(vault.durable).toBe(false);
  await vault.store({ connection: connection('tab', 'tab'), secret: await key() });
  expect(await ids()).toEqual(['tab']);
});
