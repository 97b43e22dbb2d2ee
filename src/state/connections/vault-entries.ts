import { createStore, type UseStore } from 'idb-keyval';
import { importKey, sign } from '@/azure/credentials/shared-key';
import type { Credential } from '@/azure/protocol/connection';
import { EMULATOR } from '@/azure/protocol/emulator';
import { SANDBOX } from '@/sandbox/sandbox-account';
import type { SignIn } from '../sign-in/app-registration';
import type { Installation } from './installation';

/** What a connection signs or sends with, as a page has it. */
export type Secret = Exclude<Credential, { kind: 'token' }> | TokenSecret;

/** A pasted access token; empty for a sign-in, whose tokens are not stored. */
export type TokenSecret = { kind: 'token'; token: string };

/** Where a secret is kept: in the memory of this page, or on the device until it is forgotten. */
export type Keep = 'tab' | 'device';

/** A connection without its secret. */
export type StoredConnection = {
  /** `Account.id`. */
  id: string;
  account: string;
  endpoint: string;
  secondaryEndpoint?: string | undefined;
  /** The one queue that a queue SAS is for. */
  queue?: string | undefined;
  kind: 'key' | 'sas' | 'token';
  /** Owner and expiry (epoch ms) of an access token, as far as its claims tell. */
  holder?: { who: string; expiresAt?: number | undefined } | undefined;
  /** Of a connection by sign-in. */
  signIn?: SignIn | undefined;
  keep: Keep;
  /** True for an emulator on this machine. */
  local: boolean;
  /** True when the server of this page passes its requests on. */
  relay?: boolean | undefined;
  /** Number of another connection to the same account or queue, from 2; see `accountId`. */
  beside?: number | undefined;
  /** Milliseconds since 1970. */
  addedAt: number;
  /** The label of its environment, see `environments.ts`. */
  environment?: string | undefined;
  readOnly?: boolean | undefined;
  /** Names of queues that were opened by name, see `opened-queues.ts`. */
  openedQueues?: readonly string[] | undefined;
  /** True when its secret is under the passphrase. To be stored on the device, false says to do so without one. */
  isProtected?: boolean | undefined;
  /** True while this page does not have its secret; of this page, not stored. */
  locked?: boolean | undefined;
  /** True while it is locked since another installation kept it; of this page, not stored. */
  foreign?: boolean | undefined;
};

/**
 * `secret` is undefined while it is locked, was for the tab before a reload, or does not fit what it is bound to; `foreign` when
 * another installation kept it.
 */
export type Deposit = { connection: StoredConnection; secret?: Secret | undefined; foreign?: boolean };

/** One stored secret, for the list in the settings. Times in epoch ms. */
export type StoredSecret = {
  connection: StoredConnection;
  /** `otherTab`: of another tab that is open, or was closed a few seconds ago. `published`: the key is no secret. */
  where: 'tab' | 'otherTab' | 'device' | 'installation' | 'passphrase' | 'published';
  storedAt: number;
  usedAt: number | undefined;
};

/** Whether there is a passphrase, and whether it was typed in this page. */
export type PassphraseState = 'none' | 'locked' | 'unlocked';

export class VaultLockedError extends Error {
  override readonly name = 'VaultLockedError';
}

export type Sealed = { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer };
/** The text of a key that everybody knows. */
type Published = { published: string };
/** Sealed with the key that the passphrase opens: the text of an account key, or a token. */
export type Protected = { underPassphrase: Sealed };
/** Sealed with the key of an installation, which `installation` names: the text of an account key, or a token. */
type UnderInstallation = { underInstallation: Sealed; installation: string };
/**
 * Verifies a passphrase: `master` is the key of all protected secrets, sealed with one derived from the passphrase; `proof` is
 * sealed with the master key, to distinguish it from that of an earlier passphrase. `installation` names the one whose secret the
 * derived key has in it; none has it on a static host, and where an earlier version set the passphrase.
 */
export type Lock = {
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  master: Sealed;
  proof?: Sealed;
  installation?: string | undefined;
};
export type StoredForm = CryptoKey | Sealed | Protected | UnderInstallation | Published;
/**
 * An entry in IndexedDB; `owner` is `device` or the name of a tab. The sealing key and the lock are entries without a
 * connection. Times in epoch ms.
 */
export type Entry = {
  owner: string;
  connection?: StoredConnection;
  secret?: StoredForm | undefined;
  lock?: Lock;
  storedAt?: number;
  usedAt?: number;
};

export const DEVICE = 'device';
export const SEALING_KEY = 'sealing-key';
export const LOCK_ENTRY = 'passphrase';

export const entryStore = (): UseStore => createStore('queuescope-vault', 'entries');
/** Runs what reads, encrypts and writes again while no other tab does so. */
export const alone = <Value>(work: () => Promise<Value>): Promise<Value> =>
  navigator.locks.request('queuescope-vault', work);

/** Changes an entry if it is there, in one transaction, so that one that another tab removed meanwhile is not restored. */
export const changeEntry = (store: UseStore, key: string, change: (entry: Entry) => Entry) =>
  store('readwrite', (objects) => {
    const request = objects.get(key) as IDBRequest<Entry | undefined>;
    request.addEventListener('success', () => {
      if (request.result) objects.put(change(request.result), key);
    });
    return new Promise<void>((resolve, reject) => {
      objects.transaction.addEventListener('complete', () => resolve());
      objects.transaction.addEventListener('abort', () => reject(objects.transaction.error));
    });
  });

export const isProtected = (secret: StoredForm | undefined): secret is Protected =>
  secret !== undefined && 'underPassphrase' in secret;

/** True for a secret that is kept without a passphrase, and bound to an installation. */
export const isKept = (secret: StoredForm | undefined): secret is UnderInstallation =>
  secret !== undefined && 'underInstallation' in secret;

/** Seals what is kept without a passphrase; undefined where there is no installation. */
export async function sealKept(
  text: string,
  installation: Installation | undefined,
  to: StoredConnection,
): Promise<UnderInstallation | undefined> {
  if (!installation) return undefined;
  return { underInstallation: await seal(text, installation.key, to), installation: installation.id };
}

/** What decides where a secret goes and what may be done with it, as additional authenticated data. */
export const boundTo = (to: StoredConnection): string =>
  JSON.stringify([
    to.id,
    to.account,
    to.endpoint,
    to.secondaryEndpoint ?? '',
    to.queue ?? '',
    to.kind,
    to.relay ?? false,
    to.readOnly ?? false,
  ]);

const algorithm = (iv: Uint8Array<ArrayBuffer>, to: StoredConnection | undefined) => ({
  name: 'AES-GCM',
  iv,
  ...(to && { additionalData: new TextEncoder().encode(boundTo(to)) }),
});

/** Encrypts a text (AES-GCM with a new nonce), bound to a connection if there is one. */
export async function seal(text: string, key: CryptoKey, to?: StoredConnection): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(text);
  return { iv, bytes: await crypto.subtle.encrypt(algorithm(iv, to), key, bytes).finally(() => bytes.fill(0)) };
}

/** Throws when it was encrypted with another key, or for a connection that differs in what is bound. */
export async function unsealText({ iv, bytes }: Sealed, key: CryptoKey, to?: StoredConnection): Promise<string> {
  const opened = new Uint8Array(await crypto.subtle.decrypt(algorithm(iv, to), key, bytes));
  const text = new TextDecoder().decode(opened);
  opened.fill(0);
  return text;
}

/** The text of a key that is published; undefined for a secret. A `CryptoKey` is told by what it signs. */
export async function publishedKeyOf(secret: Secret): Promise<string | undefined> {
  if (secret.kind !== 'key') return undefined;
  const signed = await sign(secret.key, '');
  for (const text of [EMULATOR.key, SANDBOX.key]) if ((await sign(await importKey(text), '')) === signed) return text;
  return undefined;
}

/** True for the key of an emulator or of the sandbox, which everybody knows. */
export const isPublished = async (secret: Secret | Credential): Promise<boolean> =>
  secret.kind === 'key' && (await publishedKeyOf({ kind: 'key', key: secret.key })) !== undefined;
