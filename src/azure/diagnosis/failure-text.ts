import { errorMessage, StorageError, UnreachableError } from '../protocol/errors';
import { ACCEPTED_SKEW_MS } from '../protocol/limits';
import { RelayError } from '../relay/relay-fetch';
import { receiptRefusal } from '../wire/receipt-refusal';
import { isTokenRefused } from '../wire/token-refused';
import { minutesAndSeconds } from './clock-text';

/** A failure as a sentence, with the service's code and the id of its exchange. */
export type ErrorDescription = {
  /** Why it failed, in a sentence with its full stop. */
  reason: string;
  /** `409 QueueAlreadyExists`, for searching the web; undefined without a status. */
  code: string | undefined;
  /** Undefined when nothing was sent. */
  exchangeId: string | undefined;
};

/** Describes the error of a failed call, the same everywhere in the app. Why a connection does not work: `verdict-text`. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof UnreachableError) {
    return { reason: ofNoAnswer(error), code: undefined, exchangeId: error.exchangeId };
  }
  if (error instanceof StorageError) {
    const { status, code, exchangeId, message, explanation } = error;
    // Most calls wait for another token; this one could not be renewed.
    const token = isTokenRefused(error) ? 'Azure refused the access token: most likely it has expired.' : undefined;
    const clock = code === 'AuthenticationFailed' ? clockOf(error) : '';
    return {
      reason:
        (explanation ?? token ?? `${ofReceipt(error) ?? REASONS[code ?? ''] ?? message}${clock}`) + ofTries(error),
      code: [status, code].filter(Boolean).join(' '),
      exchangeId,
    };
  }
  return { reason: errorMessage(error), code: undefined, exchangeId: undefined };
}

/**
 * True for a failure without a word when messages were asked for. An emulator fails like this when one of them has a character
 * that XML does not have: it takes such a text, and cannot write it into an answer. Azure gives a code with every failure.
 */
export const mayBeUnreadableMessage = ({ status, code, operation }: StorageError): boolean =>
  status === 500 && code === undefined && (operation === 'Peek Messages' || operation === 'Get Messages');

/** Blames the clock when it is why the signature was refused; else empty. */
function clockOf({ signedOffMs, details }: StorageError): string {
  if (signedOffMs !== undefined && Math.abs(signedOffMs) > ACCEPTED_SKEW_MS) {
    return ` Your clock is ${minutesAndSeconds(signedOffMs)} ${signedOffMs > 0 ? 'ahead' : 'behind'}.`;
  }
  return /date header|too old/i.test(details['AuthenticationErrorDetail'] ?? '')
    ? ' Its time is too far from Azure’s clock: set this device’s.'
    : '';
}

function ofNoAnswer({ ambiguous, redirected, cause, loss, notSent }: UnreachableError): string {
  if (loss !== undefined) {
    const what = cause instanceof RelayError ? cause.message : LOST[loss];
    if (ambiguous) return `${what} The change may or may not have been made.`;
    return notSent ? `Not sent. ${what}` : what;
  }
  if (redirected) {
    const what = cause instanceof RelayError ? cause.message : REDIRECTED;
    return ambiguous ? `${what} It is not known whether the change was made.` : what;
  }
  return ambiguous ? UNCERTAIN : UNREADABLE;
}

const LOST = { network: 'There is no network.', server: 'The local server that relays requests does not answer.' };
const REDIRECTED = 'The answer is a redirect to another address, which is never followed.';
// The browser does not tell a host that is down from a response that CORS hides, so the text claims neither.
const UNREADABLE =
  'No answer came that this page can read: nothing answers, or the CORS rules of the account leave this request out.';
const UNCERTAIN = 'No answer came that this page can read, so it may have happened all the same.';

/** What is wrong with the receipt. The service does not tell a void receipt from a deleted message. */
function ofReceipt(error: StorageError): string | undefined {
  const refusal = receiptRefusal(error);
  if (refusal === 'void-or-gone') return error.afterLostAnswer ? LIKELY_DONE : VOID_OR_GONE;
  return refusal === 'malformed' ? 'What was sent as the receipt is none.' : undefined;
}

/** Adds that an earlier try got no answer; empty where the reason already says so. */
const ofTries = (error: StorageError): string =>
  error.afterLostAnswer && receiptRefusal(error) === undefined
    ? ' No answer came to an earlier try, so it may have happened all the same.'
    : '';

/** For a receipt that is void after a try without an answer, which is the likeliest cause. */
const LIKELY_DONE = 'Most likely it was done: no answer came, and the repeat found the receipt no longer valid.';
const VOID_OR_GONE =
  'The receipt is no longer valid: another consumer received the message, or it was deleted or has expired.';

/** For refusals that `explanation` does not explain, or before its words are loaded. */
const REASONS: Record<string, string> = {
  AuthenticationFailed: 'Azure refused the signature.',
  AuthorizationPermissionMismatch: 'This credential may not do that here.',
  QueueBeingDeleted: 'The queue is being deleted.',
  QueueNotFound: 'The queue does not exist any more.',
  RequestBodyTooLarge: 'The message is over the limit of 64 KiB.',
};
