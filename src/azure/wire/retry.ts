import { StorageError, UnreachableError } from '../protocol/errors';

/** Attempts of one call, the first included. */
export const MAX_ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
/** A longer `Retry-After` would make a person wait too long. */
const LONGEST_RETRY_AFTER_SECONDS = 60;

/**
 * Milliseconds to wait before repeating a failed attempt, or undefined when it must not or need not be repeated.
 * A 503 was refused before starting, so any call can be repeated. Another 5xx or a lost connection may have done the work,
 * so only `repeatable` calls are. `random` is in 0–1.
 */
export function waitBeforeRepeat(
  error: unknown,
  repeatable: boolean,
  attempt: number,
  random: number,
): number | undefined {
  if (attempt >= MAX_ATTEMPTS || !isTransient(error, repeatable)) return undefined;
  const retryAfterSeconds = error instanceof StorageError ? (error.retryAfterSeconds ?? 0) : 0;
  if (retryAfterSeconds > LONGEST_RETRY_AFTER_SECONDS) return undefined;
  // Half fixed, half jitter: clients that were throttled together do not return together.
  const ceiling = FIRST_WAIT_MS * 2 ** (attempt - 1);
  return Math.max(retryAfterSeconds * 1000, (ceiling / 2) * (1 + random));
}

function isTransient(error: unknown, repeatable: boolean): boolean {
  // After a timeout a person has waited for a minute already.
  if (error instanceof UnreachableError) {
    return repeatable && !error.redirected && error.loss === undefined && !isTimeout(error.cause);
  }
  return error instanceof StorageError && (error.status === 503 || (error.status >= 500 && repeatable));
}

const isTimeout = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'TimeoutError';

/** True when the attempt with this error may have been carried out: of all 5xx, only 503 says that it was not. */
export const mayHaveWorked = (error: unknown): boolean =>
  (error instanceof UnreachableError && !error.notSent) ||
  (error instanceof StorageError && error.status >= 500 && error.status !== 503);

/**
 * True when a failed call may have been carried out, by its last attempt or an earlier one: no readable response, a 5xx other
 * than 503, or a success that is not a response of the operation. Any other failed call was refused or never sent.
 */
export const mayHaveSucceeded = (error: unknown): boolean =>
  mayHaveWorked(error) ||
  (error instanceof UnreachableError && error.afterLostAnswer) ||
  (error instanceof StorageError && (error.status < 400 || error.afterLostAnswer));

/** True when the network went away while a call was under way, which may have been carried out. */
export const isCutOff = (error: unknown): error is UnreachableError =>
  error instanceof UnreachableError && error.loss !== undefined && !error.notSent;

/** True when nothing of a call was sent, as there was no network: it can be repeated without a doubt. */
export const isNotSent = (error: unknown): error is UnreachableError =>
  error instanceof UnreachableError && error.notSent && !error.afterLostAnswer;

/** Seconds of a `Retry-After` header, which is a number of seconds or a date; `now` in epoch ms. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** Resolves after `milliseconds`, or rejects with the signal's reason when it aborts. */
export function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    function abort() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}
