import { StorageError } from '../protocol/errors';

/**
 * Classifies the refusal of an Update or a Delete with a receipt; undefined when neither receipt, message nor queue is the
 * cause.
 *
 * `void-or-gone`: the receipt is void, because the message was received again or updated; or the message was deleted or has
 * expired. Azure answers both with 404 `MessageNotFound`. The list of error codes also has 400 `PopReceiptMismatch` for a
 * void receipt, which the emulator sends. `malformed`: the receipt is no receipt. `queue-gone`: there is no such queue.
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

/** True when the invalid parameter is the receipt. Where it is not named: a Delete has no other, an Update says so in its reason. */
function isOfReceipt({ details, operation }: StorageError): boolean {
  const { QueryParameterName: name, Reason: reason = '' } = details;
  if (name !== undefined) return name.toLowerCase() === 'popreceipt';
  return operation === 'Delete Message' || (operation === 'Update Message' && /pop ?receipt/i.test(reason));
}
