import { missingPermission } from '../../src/azure/credentials/missing-permission';
import { refusalKind } from '../../src/azure/diagnosis/classify-refusal';
import { describeError } from '../../src/azure/diagnosis/failure-text';
import { verdict } from '../../src/azure/diagnosis/verdict-text';
import type { Connection } from '../../src/azure/protocol/connection';
import { StorageError, UnreachableError } from '../../src/azure/protocol/errors';
import { Refusal } from '../command.mjs';

/**
 * What a call of an account threw, in the words that the page has for it; anything else as it is.
 * @param clockSkew ms, as `Account.clockSkew` gives it
 */
export function callRefusal(error: unknown, connection: Connection, clockSkew?: number): unknown {
  if (error instanceof UnreachableError) return told(error, connection, codeOf(error.cause));
  if (!(error instanceof StorageError)) return error;
  const { reason, code } = describeError(error);
  // An answer that is none: what is wrong with it says more than that it is none of a queue service.
  return error.status < 400 ? new Refusal(reason) : told(error, connection, code, clockSkew);
}

function told(
  error: StorageError | UnreachableError,
  connection: Connection,
  code: string | undefined,
  clockSkew?: number,
): Refusal {
  const facts = { connection, origin: '', clockSkew };
  const { title, explanation } =
    error instanceof StorageError
      ? verdict(refusalKind(error, clockSkew, connection.credential.kind), {
          ...facts,
          reason: missingPermission(error) ?? error.message,
          details: error.details,
        })
      : verdict(error.redirected ? 'redirected' : 'unreachable', facts);
  return new Refusal(`${title}${code ? ` (${code})` : ''}. ${explanation}`);
}

/** Node's code for what kept a request from its host, such as `ECONNREFUSED`. */
function codeOf(failure: unknown): string | undefined {
  const cause = failure instanceof Error ? failure.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}
