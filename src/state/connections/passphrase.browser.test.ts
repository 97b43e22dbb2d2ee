import { afterEach, describe, expect, test } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { changePassphrase, removePassphrase, setPassphrase, unlock, WrongPassphraseError } from './passphrase';
import { openVault } from './secret-vault';
import { changeEntry, entryStore, type StoredConnection, seal, VaultLockedError } from './vault-entries';

const KEY = btoa('a planted account key that must never be found in any storage!!!');
const TOKEN = 'sv=2024-11-04&ss=q&sig=planted%2Bsignature%3D';

const connection = (id: string, kind: 'key' | 'sas'): StoredConnection => ({
  id,
  account: id,
  endpoint: `https://${id}.queue.core.windows.net`,
  kind,
  keep: 'device',
  local: false,
  addedAt: 1,
});
const key = async () => ({ kind: 'key' as const, key: await importKey(KEY) });
const sas = { kind: 'sas' as const, token: TOKEN };

/** Everything in the vault's store, bytes read as text. */
async function everythingStored(): Promise<string> {
  const all = await entryStore()(
    'readonly',
    (objects) =>
      new Promise<unknown[]>((resolve) => {
        const asked = objects.getAll();
        asked.addEventListener('success', () => resolve(asked.result));
      }),
  );
  const text = (value: unknown): string => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
    if (value instanceof CryptoKey) return `CryptoKey ${value.type} ${value.algorithm.name}`;
    return value && typeof value === 'object' ? Object.values(value).map(text).join(' ') : String(value);
  };
  return all.map(text).join('\n');
}

const secretOf = async (id: string, vault: Awaited<ReturnType<typeof openVault>>) =>
  (await vault.load()).find((deposit) => deposit.connection.id === id)?.secret;

afterEach(async () => {
  await (await openVault({ graceMs: 0 })).forgetAll();
  sessionStorage.clear();
});

test('what is kept on the device waits for the passphrase after a load, account keys and signatures alike', async () => {
  const before = await openVault({ graceMs: 0 });
  before.useMaster(await setPassphrase('harbour at night'));
  expect(await before.store({ connection: connection('key', 'key'), secret: await key() }, KEY)).toMatchObject({
    isProtected: true,
  });
  await before.store({ connection: connection('sas', 'sas'), secret: sas });

  const after = await openVault({ graceMs: 0 });
  expect(await after.passphrase()).toBe('locked');
  expect(await after.load()).toMatchObject([{ connection: { id: 'key' } }, { connection: { id: 'sas' } }]);
  expect(await secretOf('key', after)).toBeUndefined();
  await expect(after.store({ connection: connection('sas', 'sas'), secret: sas })).rejects.toThrow(VaultLockedError);
  const stored = await everythingStored();
  for (const planted of [KEY, atob(KEY), TOKEN, 'planted', 'harbour']) expect(stored).not.toContain(planted);
  // Nothing but the sealing key could be used without the passphrase.
  expect(stored).not.toContain('HMAC');

  await expect(unlock('harbour at noon')).rejects.toThrow(WrongPassphraseError);
  after.useMaster(await unlock('harbour at night'));
  expect(await secretOf('sas', after)).toEqual(sas);
  expect(await secretOf('key', after)).toMatchObject({ kind: 'key', key: { extractable: false, type: 'secret' } });

  after.useMaster(undefined);
  expect(await after.passphrase()).toBe('locked');
  expect(await secretOf('key', after)).toBeUndefined();
});

test('a signature that was here before comes under it, an account key cannot and says so', async () => {
  const vault = await openVault({ graceMs: 0 });
  const open = { isProtected: false };
  await vault.store({ connection: { ...connection('key', 'key'), ...open }, secret: await key() }, KEY);
  await vault.store({ connection: { ...connection('sas', 'sas'), ...open }, secret: sas });
  vault.useMaster(await setPassphrase('harbour at night'));

  expect((await vault.list()).map(({ connection: { id }, where }) => `${id} ${where}`)).toEqual([
    'key device',
    'sas passphrase',
  ]);
  vault.useMaster(undefined);
  expect(await secretOf('sas', vault)).toBeUndefined();
  expect(await secretOf('key', vault)).toMatchObject({ kind: 'key' });
});

test('it can be changed and removed, by who knows it', async () => {
  const vault = await openVault({ graceMs: 0 });
  vault.useMaster(await setPassphrase('harbour at night'));
  await vault.store({ connection: connection('key', 'key'), secret: await key() }, KEY);
  await vault.store({ connection: connection('sas', 'sas'), secret: sas });

  await expect(changePassphrase('a guess', 'mine now')).rejects.toThrow(WrongPassphraseError);
  await changePassphrase('harbour at night', 'cranes at noon');
  await expect(unlock('harbour at night')).rejects.toThrow(WrongPassphraseError);
  await expect(removePassphrase('harbour at night')).rejects.toThrow(WrongPassphraseError);
  await removePassphrase('cranes at noon');

  const after = await openVault({ graceMs: 0 });
  expect(await after.passphrase()).toBe('none');
  expect(await secretOf('sas', after)).toEqual(sas);
  expect(await secretOf('key', after)).toMatchObject({ kind: 'key', key: { extractable: false } });
});

test('forgotten, it leaves one way out: to forget all that it protects', async () => {
  const vault = await openVault({ graceMs: 0 });
  await setPassphrase('nobody knows');
  await vault.store({ connection: { ...connection('tab', 'sas'), keep: 'tab' }, secret: sas });
  await vault.forgetAll();
  expect(await vault.passphrase()).toBe('none');
  expect(await vault.list()).toEqual([]);
});

test('is not set over one that another tab has set, which would lose all that is under it', async () => {
  const vault = await openVault({ graceMs: 0 });
  vault.useMaster(await setPassphrase('harbour at night'));
  await vault.store({ connection: connection('sas', 'sas'), secret: sas });

  await expect(setPassphrase('cranes at noon')).rejects.toThrow('another tab');
  vault.useMaster(await unlock('harbour at night'));
  expect(await secretOf('sas', vault)).toEqual(sas);
});

test('taken away and set anew in another tab, what opened the old one opens nothing, and spoils nothing', async () => {
  const here = await openVault({ graceMs: 0 });
  here.useMaster(await setPassphrase('harbour at night'));
  const there = await openVault({ graceMs: 0 });
  await removePassphrase('harbour at night');
  there.useMaster(await setPassphrase('cranes at noon'));
  await there.store({ connection: connection('sas', 'sas'), secret: sas });

  expect((await here.load()).map(({ connection: { id } }) => id)).toEqual(['sas']);
  expect(await secretOf('sas', here)).toBeUndefined();
  expect(await here.passphrase()).toBe('locked');
  await expect(here.store({ connection: connection('other', 'sas'), secret: sas })).rejects.toThrow(VaultLockedError);
  here.useMaster(await changePassphrase('cranes at noon', 'gulls at dawn'));
  expect(await secretOf('sas', here)).toEqual(sas);
});

test('a passphrase opens however its accents and wide letters were typed', async () => {
  // Composed on one keyboard, decomposed on another; full-width letters come from East Asian input.
  await setPassphrase('pässphrase'.normalize('NFC'));
  await expect(unlock('pässphrase'.normalize('NFD'))).resolves.toBeDefined();
  await expect(unlock('ｐässphrase')).resolves.toBeDefined();
});

test('what is for the device is not stored without a passphrase, unless that was chosen', async () => {
  const vault = await openVault({ graceMs: 0 });
  await expect(vault.store({ connection: connection('key', 'key'), secret: await key() }, KEY)).rejects.toThrow(
    VaultLockedError,
  );
  expect(await vault.list()).toEqual([]);
  await vault.store({ connection: { ...connection('key', 'key'), isProtected: false }, secret: await key() }, KEY);
  expect(await vault.list()).toMatchObject([{ where: 'device' }]);
});

/** Changes the stored connection behind the back of the vault. */
const tamper = (change: Partial<StoredConnection>) =>
  changeEntry(entryStore(), 'device/sas', (entry) => ({
    ...entry,
    ...(entry.connection && { connection: { ...entry.connection, ...change } }),
  }));

describe('a secret is bound to where it goes', () => {
  test.each<[string, Partial<StoredConnection>]>([
    ['id', { id: 'other' }],
    ['account', { account: 'other' }],
    ['endpoint', { endpoint: 'http://127.0.0.1:9/other' }],
    ['secondary', { secondaryEndpoint: 'http://127.0.0.1:9/other' }],
    ['queue', { queue: 'other' }],
    ['kind', { kind: 'token' }],
    ['relay', { relay: true }],
    ['read-only', { readOnly: false }],
  ])('a changed %s keeps it shut', async (_, change) => {
    const vault = await openVault({ graceMs: 0 });
    vault.useMaster(await setPassphrase('harbour at night'));
    await vault.store({ connection: { ...connection('sas', 'sas'), readOnly: true }, secret: sas });
    expect(await secretOf('sas', vault)).toEqual(sas);
    await tamper(change);
    expect(await vault.load()).toEqual([{ connection: expect.objectContaining(change) }]);
    // A label is not bound.
    await tamper({ id: 'sas', account: 'sas', endpoint: connection('sas', 'sas').endpoint, readOnly: true });
    await tamper({ secondaryEndpoint: undefined, queue: undefined, kind: 'sas', relay: undefined, environment: 'QA' });
    expect(await secretOf('sas', vault)).toEqual(sas);
  });

  test('a change by the page takes it along, and cannot be made while it is locked', async () => {
    const vault = await openVault({ graceMs: 0 });
    vault.useMaster(await setPassphrase('harbour at night'));
    await vault.store({ connection: connection('sas', 'sas'), secret: sas });
    await vault.change('sas', { readOnly: true, relay: true });
    expect(await vault.load()).toMatchObject([{ connection: { readOnly: true, relay: true }, secret: sas }]);

    vault.useMaster(undefined);
    await expect(vault.change('sas', { readOnly: false })).rejects.toThrow(VaultLockedError);
    await vault.change('sas', { environment: 'QA' });
    vault.useMaster(await unlock('harbour at night'));
    expect(await vault.load()).toMatchObject([{ connection: { readOnly: true, environment: 'QA' }, secret: sas }]);
  });

  test('what an earlier version sealed to nothing stays shut, and is asked for once the passphrase is removed', async () => {
    const vault = await openVault({ graceMs: 0 });
    const master = await setPassphrase('harbour at night');
    vault.useMaster(master);
    await vault.store({ connection: connection('sas', 'sas'), secret: sas });
    const underPassphrase = await seal(TOKEN, master);
    await changeEntry(entryStore(), 'device/sas', (entry) => ({ ...entry, secret: { underPassphrase } }));
    expect(await vault.load()).toEqual([{ connection: expect.objectContaining({ isProtected: true }) }]);

    await removePassphrase('harbour at night');
    expect(await vault.load()).toEqual([{ connection: expect.objectContaining({ isProtected: false }) }]);
  });
});
