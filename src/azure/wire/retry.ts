import { StorageError, UnreachableError } from '../protocol/errors';

/** Attempts in all. */
export const MAX_ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
/** Seconds; a service that asks for more is not worth holding a person up for. */
const LONGEST_RETRY_AFTER_SECONDS = 60;

/**
 * Milliseconds to wait before repeating a failed attempt, or undefined when it must not or need not be repeated.
 * 503 means refused before starting: repeat anything. Another 5xx or a lost connection may have done the work: only
 * what is `repeatable`. `random` is in 0–1.
 */
export function waitBeforeRepeat(
  error: unknown,
  repeatable: boolean,
  attempt: number,
  random: number,
): number | undefined {
  if (attempt >= MAX_ATTEMPTS || !isTransient(error, repeatable)) return undefined;
  const retryAfter = error instanceof StorageError ? (error.retryAfter ?? 0) : 0;
  if (retryAfter > LONGEST_RETRY_AFTER_SECONDS) return undefined;
  // Half fixed, half jitter: clients that were throttled together do not come back together.
  const ceiling = FIRST_WAIT_MS * 2 ** (attempt - 1);
  return Math.max(retryAfter * 1000, (ceiling / 2) * (1 + random));
}

function isTransient(error: unknown, repeatable: boolean): boolean {
  // After a timeout somebody has waited for a minute already.
  if (error instanceof UnreachableError) return repeatable && !isTimeout(error.cause);
  return error instanceof StorageError && (error.status === 503 || (error.status >= 500 && repeatable));
}

const isTimeout = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'TimeoutError';

/** True when the one attempt that this error is of may have been carried out: 503 alone of all 5xx says that it was not. */
export const mayHaveWorked = (error: unknown): boolean =>
  error instanceof UnreachableError || (error instanceof StorageError && error.status >= 500 && error.status !== 503);

/**
 * True when a call that failed may have been carried out all the same, by its last attempt or by one before it: no answer
 * could be read, it was a 5xx other than 503, or one of success that is none that the operation gives. Everything else
 * was not done: refused, or never sent.
 */
export const mayHaveSucceeded = (error: unknown): boolean =>
  mayHaveWorked(error) || (error instanceof StorageError && (error.status < 400 || error.afterLostAnswer));

/** Seconds, from either form of the header (a number of seconds or a date). */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** Waits, or rejects with the signal's reason as soon as it aborts. */
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
