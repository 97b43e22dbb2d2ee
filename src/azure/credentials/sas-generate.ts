import type { UserDelegationKey } from '../protocol/model';
import { sign } from './shared-key';

/**
 * Makes shared access signatures. Fields have the short names that they have in the token (`sv`, `sp`, `se` …).
 */

/** Fields of every kind of SAS; a blank or absent field is left out of the token. */
type Terms = {
  /** Version, which decides the layout of the string-to-sign: `2024-11-04`. */
  sv: string;
  /** Permissions, in any order. */
  sp?: string;
  /** Start and expiry, as `sasTime` writes them. */
  st?: string;
  se?: string;
  /** IPv4 address or range with a hyphen. */
  sip?: string;
  /** `https` or `https,http`. */
  spr?: string;
};

/** For the account: services, resource types, permissions. */
export type AccountSasFields = Terms & { ss: string; srt: string };

/** For one queue. A field that the stored access policy (`si`) has must be absent. */
export type QueueSasFields = Terms & { si?: string };

/** For one queue, in the name of a user; `sduoid` binds it to one who sends a bearer token as well. */
export type UserDelegationSasFields = Terms & { sduoid?: string };

const ACCOUNT_PERMISSIONS = 'rwdlacup';
const QUEUE_PERMISSIONS = 'raup';

/** Sorts permissions, since the service refuses another order. */
const inOrder = (permissions: string | undefined, order: string): string =>
  order
    .split('')
    .filter((permission) => permissions?.includes(permission))
    .join('');

/** The time format of a signature: UTC, whole seconds. */
export const sasTime = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** learn.microsoft.com/rest/api/storageservices/create-account-sas#construct-the-signature-string */
export function accountSasText(account: string, fields: AccountSasFields): string {
  const { ss, srt, st = '', se = '', sip = '', spr = '', sv } = fields;
  const lines = [account, inOrder(fields.sp, ACCOUNT_PERMISSIONS), ss, srt, st, se, sip, spr, sv];
  // Since 2020-12-06 there is a line for the encryption scope, which queues do not have; the last line ends with \n, too.
  if (sv >= '2020-12-06') lines.push('');
  return `${lines.join('\n')}\n`;
}

/** learn.microsoft.com/rest/api/storageservices/create-service-sas, for queues. The resource has the account once. */
export const queueSasText = (account: string, queue: string, fields: QueueSasFields): string => {
  const { st = '', se = '', si = '', sip = '', spr = '', sv } = fields;
  return [inOrder(fields.sp, QUEUE_PERMISSIONS), st, se, `/queue/${account}/${queue}`, si, sip, spr, sv].join('\n');
};

/** learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas, for queues: since version 2025-07-05. */
export const userDelegationSasText = (
  account: string,
  queue: string,
  fields: UserDelegationSasFields,
  key: UserDelegationKey,
): string => {
  const { st = '', se = '', sip = '', spr = '', sv, sduoid = '' } = fields;
  return [
    inOrder(fields.sp, QUEUE_PERMISSIONS),
    st,
    se,
    `/queue/${account}/${queue}`,
    key.signedObjectId,
    key.signedTenantId,
    key.signedStartsOn,
    key.signedExpiresOn,
    key.signedService,
    key.signedVersion,
    key.signedDelegatedUserTenantId ?? '',
    sduoid,
    sip,
    spr,
    sv,
  ].join('\n');
};

/** Makes the token of an account SAS, without `?`; it is a secret. `key` is from `importKey`. */
export async function makeAccountSas(key: CryptoKey, account: string, fields: AccountSasFields): Promise<string> {
  const { sv, ss, srt, spr, st, se, sip } = fields;
  const sp = inOrder(fields.sp, ACCOUNT_PERMISSIONS);
  const sig = await sign(key, accountSasText(account, fields));
  return toToken({ sv, ss, srt, spr, st, se, sip, sp, sig });
}

/** Makes the token of a SAS for one queue, without `?`; it is a secret. */
export async function makeQueueSas(
  key: CryptoKey,
  account: string,
  queue: string,
  fields: QueueSasFields,
): Promise<string> {
  const { sv, spr, st, se, sip, si } = fields;
  const sp = inOrder(fields.sp, QUEUE_PERMISSIONS);
  const sig = await sign(key, queueSasText(account, queue, fields));
  return toToken({ sv, spr, st, se, sip, si, sp, sig });
}

/** Makes the token of a SAS for one queue with a key of Microsoft Entra ID, without `?`; it is a secret. */
export async function makeUserDelegationSas(
  key: UserDelegationKey,
  account: string,
  queue: string,
  fields: UserDelegationSasFields,
): Promise<string> {
  const { sv, spr, st, se, sip, sduoid } = fields;
  const hmac = await crypto.subtle.importKey('raw', key.value, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const sig = await sign(hmac, userDelegationSasText(account, queue, fields, key));
  const sp = inOrder(fields.sp, QUEUE_PERMISSIONS);
  return toToken({
    sv,
    spr,
    st,
    se,
    sip,
    sr: 'q',
    sp,
    sig,
    skoid: key.signedObjectId,
    sktid: key.signedTenantId,
    skt: key.signedStartsOn,
    ske: key.signedExpiresOn,
    sks: key.signedService,
    skv: key.signedVersion,
    sduoid,
    skdutid: key.signedDelegatedUserTenantId,
  });
}

const toToken = (fields: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value = '']) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
