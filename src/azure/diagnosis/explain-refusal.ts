import { missingPermission } from '../credentials/missing-permission';
import type { Connection } from '../protocol/connection';
import type { StorageError } from '../protocol/errors';
import { refusalKind } from './classify-refusal';
import { type VerdictKind, verdict } from './verdict-text';

/**
 * Verdicts that are the same on every screen: what is wrong with the credential, the account or the way to it, and a message
 * that the service cannot write.
 */
const SAID_EVERYWHERE = new Set<VerdictKind>([
  'wrongKey',
  'tokenRefused',
  'keyDisabled',
  'networkRules',
  'httpsOnly',
  'noQueues',
  'accountDisabled',
  'accountBeingCreated',
  'proxy',
  'unreadableMessage',
]);

/**
 * Says why a request was refused and what to do, in the words of the verdict on the connection: which permission is missing, or
 * what is wrong with the credential, the account or the way to it. Undefined for refusals that are about the request.
 */
export function explainByDetails(
  error: StorageError,
  connection: Connection,
  facts: { origin: string; now?: number },
): string | undefined {
  const missing = missingPermission(error);
  if (missing !== undefined) return missing;
  const { signedOffMs, details, message: reason } = error;
  const kind = refusalKind(error, signedOffMs === undefined ? undefined : -signedOffMs, connection.credential.kind);
  // An answer without a code that is no web page either is about the request.
  if (!SAID_EVERYWHERE.has(kind) && !error.isWebPage) return undefined;
  const { title, explanation } = verdict(kind, { connection, details, reason, ...facts });
  return `${title}. ${explanation}`;
}
