import { signedText } from './canonical';
import type { Incoming } from './incoming';
import type { Signer } from './signer';
import { authenticationFailed, StorageFault } from './storage-fault';

/** The date of a request may be off by so much. */
const TOLERANCE_MS = 15 * 60_000;

/**
 * Checks a signature made with the account's key.
 * @throws StorageFault when date, account or signature are wrong; its detail has the expected string-to-sign.
 */
export async function checkSharedKey(
  incoming: Incoming,
  authorization: string,
  account: string,
  sign: Signer,
  now: number,
): Promise<void> {
  const [, name, signature] = /^SharedKey ([^:\s]+):(\S+)$/.exec(authorization) ?? [];
  if (name === undefined || signature === undefined) throw new StorageFault('InvalidAuthenticationInfo');
  checkDate(incoming, now);
  const text = signedText(incoming, account);
  if (name === account && (await sign(text)) === signature) return;
  throw authenticationFailed(
    `The MAC signature found in the HTTP request '${signature}' is not the same as any computed signature. Server used following string to sign: '${text}'.`,
  );
}

function checkDate({ headers }: Incoming, now: number): void {
  const text = headers.get('x-ms-date') ?? headers.get('date');
  const date = Date.parse(text ?? '');
  if (text === undefined || Number.isNaN(date))
    throw authenticationFailed('The Date header in the request is incorrect.');
  // Dates have whole seconds, so the last second is within the window.
  if (now - date >= TOLERANCE_MS + 1000) throw authenticationFailed(`Request date header too old: '${text}'`);
  if (date - now > TOLERANCE_MS) throw authenticationFailed(`Request date header too new: '${text}'`);
}
