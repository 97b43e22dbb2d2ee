import { StorageError, UnreachableError } from '../protocol/errors';
import { ACCEPTED_SKEW_MS } from '../protocol/limits';
import { receiptRefusal } from '../wire/receipt-refusal';
import { isTokenRefused } from '../wire/token-refused';
import { minutesAndSeconds } from './clock-text';

/** A failure in words, in the service's own code, and where its exchange is. */
export type ErrorDescription = {
  /** Why it failed, in a sentence with its full stop. */
  reason: string;
  /** `409 QueueAlreadyExists`, what a person can search for; undefined when no status arrived. */
  code: string | undefined;
  /** Undefined when nothing of it reached the wire. */
  exchangeId: string | undefined;
};

/** What is said of a failed call, the same wherever it shows. Why a connection as such does not work: `verdict-text`. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof UnreachableError) {
    return { reason: error.ambiguous ? UNCERTAIN : UNREADABLE, code: undefined, exchangeId: error.exchangeId };
  }
  if (error instanceof StorageError) {
    const { status, code, exchangeId, message, explanation } = error;
    // Most calls wait for another token instead; this is of those whose token nobody would replace.
    const token = isTokenRefused(error) ? 'Azure refused the access token: most likely it has expired.' : undefined;
    const clock = code === 'AuthenticationFailed' ? clockOf(error) : '';
    return {
      reason:
        (token ?? explanation ?? `${ofReceipt(error) ?? REASONS[code ?? ''] ?? message}${clock}`) + ofTries(error),
      code: [status, code].filter(Boolean).join(' '),
      exchangeId,
    };
  }
  return { reason: error instanceof Error ? error.message : String(error), code: undefined, exchangeId: undefined };
}

/** The clock, when it is what the signature was refused for. */
function clockOf({ signedOff, details }: StorageError): string {
  if (signedOff !== undefined && Math.abs(signedOff) > ACCEPTED_SKEW_MS) {
    return ` Your clock is ${minutesAndSeconds(signedOff)} ${signedOff > 0 ? 'ahead' : 'behind'}.`;
  }
  return /date header|too old/i.test(details['AuthenticationErrorDetail'] ?? '')
    ? ' Its time is too far from Azure’s clock: set this device’s.'
    : '';
}

// The browser says the same of a host that is down and of an answer that CORS hides, so neither is claimed.
const UNREADABLE =
  'No answer came that this page can read: nothing answers, or the CORS rules of the account leave this request out.';
const UNCERTAIN = 'No answer came that this page can read, so it may have happened all the same.';

/** What was wrong with the receipt. Whether it is void or the message gone, the service does not tell. */
function ofReceipt(error: StorageError): string | undefined {
  const refusal = receiptRefusal(error);
  if (refusal === 'void-or-gone') return error.afterLostAnswer ? LIKELY_DONE : VOID_OR_GONE;
  return refusal === 'malformed' ? 'What was sent as the receipt is none.' : undefined;
}

/** An earlier try got no answer. Of a void receipt and of a queue that is gone the reason says it all. */
const ofTries = (error: StorageError): string =>
  error.afterLostAnswer && receiptRefusal(error) === undefined
    ? ' No answer came to an earlier try, so it may have happened all the same.'
    : '';

/** Void after a try without an answer: the likeliest reason is that try. */
const LIKELY_DONE = 'Most likely it was done: no answer came, and the repeat found the receipt no longer valid.';
const VOID_OR_GONE =
  'The receipt is no longer valid: another consumer received the message, or it was deleted or has expired.';

const REASONS: Record<string, string> = {
  AuthenticationFailed: 'Azure refused the signature.',
  AuthorizationPermissionMismatch: 'This credential may not do that here.',
  QueueBeingDeleted: 'The queue is being deleted.',
  QueueNotFound: 'The queue does not exist any more.',
  RequestBodyTooLarge: 'The message is over the limit of 64 KiB.',
};
