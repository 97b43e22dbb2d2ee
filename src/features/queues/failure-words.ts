import { StorageError, UnreachableError } from '@/azure/errors';

/** `409 QueueAlreadyExists`, or what there is instead of a status; what a person can search for. */
export function failureCode(error: Error): string {
  if (error instanceof StorageError) return [error.status, error.code].filter(Boolean).join(' ');
  return error instanceof UnreachableError ? 'No answer that this page can read' : error.message;
}

/** What happened to a change that failed, in a sentence. */
export function failureSentence(error: Error): string {
  if (!(error instanceof UnreachableError)) return error.message;
  return error.ambiguous
    ? 'The connection broke before an answer came, so it may have happened all the same.'
    : 'No answer came that this page can read: nothing answers, or the CORS rules of the account leave this request out.';
}

/** The exchange to show for a failure. */
export const exchangeOf = (error: Error) =>
  error instanceof StorageError || error instanceof UnreachableError ? error.exchangeId : undefined;
