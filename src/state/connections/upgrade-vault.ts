import { entries, type UseStore } from 'idb-keyval';
import type { Installation } from './installation';
import { alone, changeEntry, DEVICE, type Entry, publishedKeyOf, sealKept, unsealText } from './vault-entries';

/**
 * Removes the secrets that earlier versions stored for tabs, and binds to this installation what they kept without a passphrase.
 * True when there was a secret of a tab.
 */
export async function upgradeVault(
  store: UseStore,
  sealingKey: CryptoKey,
  installation: () => Promise<Installation | undefined>,
): Promise<boolean> {
  const removedSecrets = await removeTabSecrets(store);
  await bindKept(store, sealingKey, installation);
  return removedSecrets;
}

/**
 * Binds signatures and tokens that earlier versions kept without a passphrase. An account key is a `CryptoKey` there, whose text
 * nobody has: it opens as before, until it is entered again.
 */
async function bindKept(
  store: UseStore,
  sealingKey: CryptoKey,
  installation: () => Promise<Installation | undefined>,
): Promise<void> {
  const unbound = async () =>
    (await entries<string, Entry>(store)).filter(
      ([, { owner, secret }]) => owner === DEVICE && secret && 'iv' in secret,
    );
  const own = (await unbound()).length === 0 ? undefined : await installation();
  if (!own) return;
  await alone(async () => {
    for (const [key, { connection, secret }] of await unbound()) {
      if (!connection || !secret || !('iv' in secret)) continue;
      const text = await unsealText(secret, sealingKey).catch(() => undefined);
      const bound = text === undefined ? undefined : await sealKept(text, own, connection);
      if (bound) await changeEntry(store, key, (entry) => ({ ...entry, secret: bound }));
    }
  });
}

/**
 * Removes the secrets that earlier versions stored for tabs; the connections stay. True when there was one. The browser may
 * keep their bytes in the files of the profile.
 */
async function removeTabSecrets(store: UseStore): Promise<boolean> {
  let found = false;
  for (const [key, { owner, secret, connection }] of await entries<string, Entry>(store)) {
    if (owner === DEVICE || !secret || 'published' in secret) continue;
    const published = secret instanceof CryptoKey ? await publishedKeyOf({ kind: 'key', key: secret }) : undefined;
    found ||= published === undefined && connection?.signIn === undefined;
    await changeEntry(store, key, (entry) => ({
      ...entry,
      secret: published === undefined ? undefined : { published },
    }));
  }
  return found;
}
