import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { type Keep, openVault, type StoredConnection, type VaultOptions } from './secret-vault';

const KEY = btoa('a planted account key that must never be found in any storage!!!');
const TOKEN = 'sv=2024-11-04&ss=q&sig=planted%2Bsignature%3D';

const connection = (id: string, keep: Keep, kind: StoredConnection['kind'] = 'key'): StoredConnection => ({
  id,
  account: id,
  endpoint: `https://${id}.queue.core.windows.net`,
  kind,
  keep,
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

test('a reload of the tab finds every secret again, and the key still signs', async () => {
  const first = await openInTab();
  await first.vault.store({ connection: connection('tab', 'tab'), secret: await key() });
  await first.vault.store({ connection: connection('sas', 'tab', 'sas'), secret: sas });
  first.close();
  await nobodyHome();

  const { vault } = await openInTab();
  const [signed, shared] = (await vault.load()).toSorted((a, b) => b.connection.id.localeCompare(a.connection.id));
  expect(shared?.secret).toEqual(sas);
  expect(signed?.secret?.kind).toBe('key');
  if (signed?.secret?.kind !== 'key') return;
  expect(signed.secret.key.extractable).toBe(false);
  expect(await crypto.subtle.sign('HMAC', signed.secret.key, new Uint8Array(1))).toHaveProperty('byteLength', 32);
});

test('an access token comes back after a reload, and is nowhere to be read; of a sign-in there are ids alone', async () => {
  const token = `eyJ0eXAi.${btoa('a planted access token')}.c2lnbmF0dXJl`;
  const signIn = {
    clientId: 'c',
    tenant: 't',
    authority: 'https://login.example',
    homeAccountId: 'h',
    username: 'ada',
  };
  const first = await openInTab();
  await first.vault.store({ connection: connection('tab', 'tab', 'token'), secret: { kind: 'token', token } });
  const signedIn = { ...connection('device', 'device', 'token'), signIn };
  await first.vault.store({ connection: signedIn, secret: { kind: 'token', token: '' } });
  expect(textOf(await everythingStored())).not.toContain(token);
  first.close();
  await nobodyHome();

  const { vault } = await openInTab();
  const [ids, pasted] = (await vault.load()).toSorted((a, b) => a.connection.id.localeCompare(b.connection.id));
  expect(pasted?.secret).toEqual({ kind: 'token', token });
  expect(ids).toMatchObject({ connection: signedIn, secret: { kind: 'token', token: '' } });
});

test('a secret kept for a tab is no other tab’s, and is removed once that tab is closed', async () => {
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

test('a tab that is only slow to reload keeps its secrets', async () => {
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

test('a duplicated tab has the secrets of its twin under a name of its own', async () => {
  const first = await openInTab();
  await first.vault.store({ connection: connection('tab', 'tab'), secret: await key() });
  const name = sessionStorage.getItem('queuescope.tab');

  const twin = await openInTab();
  expect(sessionStorage.getItem('queuescope.tab')).not.toBe(name);
  expect(await twin.ids()).toEqual(['tab']);
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
