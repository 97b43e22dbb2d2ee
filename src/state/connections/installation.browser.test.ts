import { get, set } from 'idb-keyval';
import { afterEach, expect, test, vi } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { findInstallation, installationOf } from './installation';
import { OtherInstallationError, removePassphrase, setPassphrase, unlock, WrongPassphraseError } from './passphrase';
import { openVault } from './secret-vault';
import {
  changeEntry,
  DEVICE,
  type Entry,
  entryStore,
  LOCK_ENTRY,
  type StoredConnection,
  VaultLockedError,
} from './vault-entries';

const KEY = btoa('a planted account key that must never be found in any storage!!!');
const TOKEN = 'sv=2024-11-04&ss=q&sig=planted%2Bsignature%3D';
const PASSPHRASE = 'harbour at night';

const own = installationOf(btoa('o'.repeat(32)));
const other = installationOf(btoa('x'.repeat(32)));
const here = () => own;
const elsewhere = () => other;
const none = async () => undefined;

const connection = (kind: 'key' | 'sas', more: Partial<StoredConnection> = {}): StoredConnection => ({
  id: kind,
  account: kind,
  endpoint: `https://${kind}.queue.core.windows.net`,
  kind,
  keep: 'device',
  local: false,
  addedAt: 1,
  ...more,
});
const key = async () => ({ kind: 'key' as const, key: await importKey(KEY) });
const sas = { kind: 'sas' as const, token: TOKEN };

const vaultAt = (installation: typeof here | typeof none) => openVault({ graceMs: 0, installation });

/** Keeps a key and a signature. */
async function keepBoth(vault: Awaited<ReturnType<typeof vaultAt>>, isProtected: boolean) {
  await vault.store({ connection: connection('key', { isProtected }), secret: await key() }, KEY);
  await vault.store({ connection: connection('sas', { isProtected }), secret: sas });
}

/** `id`, and `open`, `locked` or `foreign`. */
const states = async (vault: Awaited<ReturnType<typeof vaultAt>>) =>
  (await vault.load()).map(
    ({ connection: { id }, secret, foreign }) => `${id} ${secret ? 'open' : foreign ? 'foreign' : 'locked'}`,
  );

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

afterEach(async () => {
  vi.restoreAllMocks();
  await (await vaultAt(none)).forgetAll();
  sessionStorage.clear();
});

test('what is kept without a passphrase opens at its installation alone, and nothing of it can be used without', async () => {
  await keepBoth(await vaultAt(here), false);
  expect(await states(await vaultAt(here))).toEqual(['key open', 'sas open']);
  expect(await states(await vaultAt(elsewhere))).toEqual(['key foreign', 'sas foreign']);
  expect(await states(await vaultAt(none))).toEqual(['key foreign', 'sas foreign']);
  // A list that says where each lies tells it from a `CryptoKey`.
  const listed = await (await vaultAt(here)).list();
  expect(listed.map(({ where }) => where)).toEqual(['installation', 'installation']);

  const stored = await everythingStored();
  // Neither the texts, nor a key that signs.
  for (const planted of [KEY, atob(KEY), 'planted', 'HMAC']) expect(stored).not.toContain(planted);

  // For the address that it was stored with, as under a passphrase.
  const vault = await vaultAt(here);
  await vault.change('sas', { readOnly: true });
  expect(await states(vault)).toEqual(['key open', 'sas open']);
  await changeEntry(entryStore(), `${DEVICE}/sas`, (entry) => ({
    ...entry,
    connection: connection('sas', { endpoint: 'https://attacker.example' }),
  }));
  expect(await states(vault)).toEqual(['key open', 'sas locked']);
  await expect((await vaultAt(elsewhere)).change('key', { readOnly: true })).rejects.toThrow(VaultLockedError);
});

test('no passphrase can be tried without the secret of the installation', async () => {
  const vault = await vaultAt(here);
  vault.useMaster(await setPassphrase(PASSPHRASE, here));
  await keepBoth(vault, true);
  for (const at of [elsewhere, none]) {
    expect(await states(await vaultAt(at))).toEqual(['key foreign', 'sas foreign']);
    await expect(unlock(PASSPHRASE, at)).rejects.toThrow(OtherInstallationError);
  }

  // Another program may write what it wants, and know the passphrase.
  const { id } = await other;
  for (const [installation, at] of [
    [undefined, none],
    [id, elsewhere],
  ] as const) {
    await changeEntry(entryStore(), LOCK_ENTRY, (entry: Entry) => ({
      ...entry,
      ...(entry.lock && { lock: { ...entry.lock, installation } }),
    }));
    await expect(unlock(PASSPHRASE, at)).rejects.toThrow(WrongPassphraseError);
  }
});

test('what was kept before opens as before, and is bound then; a key that nobody can read stays', async () => {
  const before = await vaultAt(none);
  await keepBoth(before, false);
  expect(await states(await vaultAt(here))).toEqual(['key open', 'sas open']);
  expect(await states(await vaultAt(elsewhere))).toEqual(['key open', 'sas foreign']);
  const listed = await (await vaultAt(here)).list();
  expect(listed.map(({ connection: { id }, where }) => `${id} ${where}`).toSorted()).toEqual([
    'key device',
    'sas installation',
  ]);
});

test('and what was under a passphrase before is bound when it is unlocked', async () => {
  const before = await vaultAt(none);
  before.useMaster(await setPassphrase(PASSPHRASE, none));
  await keepBoth(before, true);

  const copied = await get<Entry>(LOCK_ENTRY, entryStore());

  const after = await vaultAt(here);
  expect(await states(after)).toEqual(['key locked', 'sas locked']);
  after.useMaster(await unlock(PASSPHRASE, here));
  expect(await states(after)).toEqual(['key open', 'sas open']);
  // A tab that had unlocked it before has a key that opens nothing now.
  expect(await before.passphrase()).toBe('locked');

  await expect(unlock(PASSPHRASE, none)).rejects.toThrow(OtherInstallationError);
  after.useMaster(await unlock(PASSPHRASE, here));
  expect(await states(after)).toEqual(['key open', 'sas open']);

  // Who has copied the lock of before, and guesses the passphrase, opens nothing of what is kept now.
  await set(LOCK_ENTRY, copied, entryStore());
  const copy = await vaultAt(none);
  copy.useMaster(await unlock(PASSPHRASE, none));
  expect(await states(copy)).toEqual(['key locked', 'sas locked']);
});

test('setting and removing a passphrase takes bound account keys along', async () => {
  const vault = await vaultAt(here);
  await keepBoth(vault, false);
  vault.useMaster(await setPassphrase(PASSPHRASE, here));
  const places = async () => (await vault.list()).map(({ connection: { id }, where }) => `${id} ${where}`);
  expect(await places()).toEqual(['key passphrase', 'sas passphrase']);
  expect(await states(vault)).toEqual(['key open', 'sas open']);

  await removePassphrase(PASSPHRASE, here);
  expect(await places()).toEqual(['key installation', 'sas installation']);
  expect(await states(await vaultAt(here))).toEqual(['key open', 'sas open']);
  expect(await states(await vaultAt(elsewhere))).toEqual(['key foreign', 'sas foreign']);
});

test('starting anew takes another installation’s entries and passphrase away', async () => {
  const vault = await vaultAt(here);
  vault.useMaster(await setPassphrase(PASSPHRASE, here));
  await keepBoth(vault, true);
  const next = await vaultAt(elsewhere);
  await next.forgetAll();
  expect(await next.passphrase()).toBe('none');
  next.useMaster(await setPassphrase('another one', elsewhere));
  await keepBoth(next, true);
  expect(await states(next)).toEqual(['key open', 'sas open']);
});

test('the page asks its local server for the secret, and again after it did not answer', async () => {
  const answer = vi.spyOn(globalThis, 'fetch');
  answer.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  expect(await findInstallation()).toBeUndefined();
  answer.mockResolvedValueOnce(new Response('<!doctype html>'));
  expect(await findInstallation()).toBeUndefined();
  answer.mockResolvedValueOnce(new Response('no', { status: 405 }));
  expect(await findInstallation()).toBeUndefined();

  answer.mockImplementation(async () => Response.json({ secret: btoa('o'.repeat(32)) }));
  const [first, second] = [await findInstallation(), await findInstallation()];
  expect(first?.id).toBe((await own).id);
  expect(second).toBe(first);
  expect(answer).toHaveBeenCalledTimes(4);
  const asked = expect.objectContaining({ method: 'POST', mode: 'same-origin' }) as RequestInit;
  expect(answer).toHaveBeenLastCalledWith(new URL('/installation', location.href), asked);
});
