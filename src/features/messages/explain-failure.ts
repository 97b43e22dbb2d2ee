import { StorageError, UnreachableError } from '@/azure/errors';
import type { Outcome } from '@/queries/outcomes';

/** The service's code for a failure, or its status; what a person can search for. */
export function failureCode(error: unknown): string {
  if (error instanceof StorageError) return error.code ?? String(error.status);
  if (error instanceof UnreachableError) return error.ambiguous ? 'No answer, it may have happened' : 'No answer';
  return error instanceof Error ? error.message : String(error);
}

/** Why work on a lease failed, in a sentence. */
export function explainFailure(error: unknown): string {
  const code = failureCode(error);
  if (code === 'PopReceiptMismatch') return 'The lease had ended: somebody else has the message.';
  if (code === 'MessageNotFound') return 'The message is gone: deleted by somebody else, or expired.';
  if (code === 'QueueNotFound') return 'The queue does not exist any more.';
  if (error instanceof UnreachableError)
    return error.ambiguous
      ? 'The connection broke, so it may have happened all the same.'
      : 'The service did not answer.';
  return error instanceof Error ? error.message : String(error);
}

/** `14 deleted, 2 not: PopReceiptMismatch`; each cause once. */
export function partialFailure(outcomes: readonly Outcome<unknown>[], done: string): string {
  const failed = outcomes.filter((outcome) => outcome.error !== undefined);
  const causes = [...new Set(failed.map((outcome) => failureCode(outcome.error)))].join(', ');
  return `${outcomes.length - failed.length} ${done}, ${failed.length} not: ${causes}`;
}
