import { finishBeforeClosing } from '../messages/before-closing';
import { clearTokenSource } from '../sign-in/token-credential';
import { connectionStore, openedVault, readVault, secrets } from './connection-store';
import { openWith } from './connections';
import { isPublished } from './vault-entries';

/**
 * Locks what is under the passphrase, and forgets the secrets that are in the memory of this tab alone, after what waits is sent.
 * A sign-in is asked for anew. What the device keeps without a passphrase, and published keys, stay. True when anything was locked.
 */
export async function lockAll(): Promise<boolean> {
  const opened = await openedVault();
  const inMemory = (await opened.list()).flatMap(({ connection: { id, signIn }, where }) =>
    where === 'tab' || (where === 'device' && signIn) ? id : [],
  );
  const ids: string[] = [];
  for (const id of inMemory) {
    const secret = secrets.get(id);
    if (secret && !(await isPublished(secret))) ids.push(id);
  }
  const { connections, passphrase } = connectionStore.getState();
  const isUnlocked = passphrase === 'unlocked';
  const sealed = isUnlocked ? connections.flatMap((one) => (one.isProtected && !one.locked ? one.id : [])) : [];
  if (ids.length + sealed.length === 0) return false;
  await finishBeforeClosing([...ids, ...sealed]);
  const now = Date.now();
  connectionStore.setState(({ lockedSince }) => ({
    lockedSince: { ...lockedSince, ...Object.fromEntries([...ids, ...sealed].map((id) => [id, now])) },
  }));
  for (const id of ids) {
    secrets.delete(id);
    clearTokenSource(id);
  }
  opened.dropSecrets(ids);
  if (isUnlocked) await openWith(undefined);
  else await readVault(opened);
  return true;
}
