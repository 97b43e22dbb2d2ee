import { StorageError } from '../protocol/errors';

/**
 * Why an Update or a Delete with a receipt was refused, so far as the receipt, the message or the queue is at fault;
 * undefined for all other failures.
 *
 * `void-or-gone`: the receipt is void, because the message was received again or updated, or the message is gone, deleted
 * or expired. Which of the two, the answer does not tell: Azure says 404 `MessageNotFound` of both. The list of error
 * codes also has 400 `PopReceiptMismatch` for the first, and the emulator sends it, so it is read alike.
 * `malformed`: what was sent can be no receipt. `queue-gone`: there is no such queue.
 *
 * learn.microsoft.com/rest/api/storageservices/delete-message2, update-message, queue-service-error-codes
 */
export function receiptRefusal(error: unknown): 'void-or-gone' | 'malformed' | 'queue-gone' | undefined {
  if (!(error instanceof StorageError)) return undefined;
  const { status, code } = error;
  if (status === 404) {
    if (code === 'QueueNotFound') return 'queue-gone';
    return code === 'MessageNotFound' || (code === undefined && isOfMessage(error)) ? 'void-or-gone' : undefined;
  }
  if (status !== 400) return undefined;
  if (code === 'PopReceiptMismatch') return 'void-or-gone';
  return code === 'InvalidQueryParameterValue' && isOfReceipt(error) ? 'malformed' : undefined;
}

const isOfMessage = ({ operation }: StorageError): boolean =>
  operation === 'Update Message' || operation === 'Delete Message';

/** A refusal names the parameter at fault, as a rule. A Delete has no other that could be; of an Update the reason tells. */
function isOfReceipt({ details, operation }: StorageError): boolean {
  const { QueryParameterName: name, Reason: reason = '' } = details;
  if (name !== undefined) return name.toLowerCase() === 'popreceipt';
  return operation === 'Delete Message' || (operation === 'Update Message' && /pop ?receipt/i.test(reason));
}
