import { expect, test } from 'vitest';
import { StorageError, UnreachableError } from '../protocol/errors';
import type { OperationName } from '../protocol/operation-table';
import { receiptRefusal } from './receipt-refusal';

const refused = (
  status: number,
  code: string | undefined,
  operation?: OperationName,
  details: Record<string, string> = {},
) => new StorageError('No.', { status, code, operation, details });

const invalid = (operation: OperationName | undefined, details?: Record<string, string>) =>
  refused(400, 'InvalidQueryParameterValue', operation, details);
const named = { QueryParameterName: 'popreceipt', Reason: 'Invalid pop receipt format' };

test.each<[what: string, error: unknown, kind: ReturnType<typeof receiptRefusal>]>([
  ['what Azure says of a void receipt and of a message that is gone', refused(404, 'MessageNotFound'), 'void-or-gone'],
  ['what the emulator says of a void receipt', refused(400, 'PopReceiptMismatch'), 'void-or-gone'],
  ['404 to a Delete whose code nobody can read', refused(404, undefined, 'Delete Message'), 'void-or-gone'],
  ['404 to an Update whose code nobody can read', refused(404, undefined, 'Update Message'), 'void-or-gone'],
  ['404 to a Peek whose code nobody can read', refused(404, undefined, 'Peek Messages'), undefined],
  ['404 of who knows what', refused(404, undefined), undefined],
  ['the queue', refused(404, 'QueueNotFound', 'Delete Message'), 'queue-gone'],
  ['the account', refused(404, 'ResourceNotFound', 'Delete Message'), undefined],
  ['a text that is no receipt', invalid('Delete Message', named), 'malformed'],
  ['a text that is no receipt, in an Update', invalid('Update Message', named), 'malformed'],
  ['a name in other letters', invalid('Update Message', { QueryParameterName: 'popReceipt' }), 'malformed'],
  ['an unnamed parameter of a Delete, which has no other', invalid('Delete Message'), 'malformed'],
  ['an unnamed parameter of an Update', invalid('Update Message'), undefined],
  ['the same with a reason', invalid('Update Message', { Reason: 'Invalid pop receipt format' }), 'malformed'],
  ['another parameter', invalid('Delete Message', { QueryParameterName: 'timeout' }), undefined],
  ['a time past the expiry', invalid('Update Message', { QueryParameterName: 'visibilitytimeout' }), undefined],
  ['a parameter of a Peek', invalid('Peek Messages'), undefined],
  ['a bare 400 of the emulator', refused(400, undefined, 'Delete Message'), undefined],
  ['a code with a status that is not its own', refused(409, 'MessageNotFound', 'Delete Message'), undefined],
  ['another refusal', refused(403, 'AuthenticationFailed', 'Delete Message'), undefined],
  ['no answer', new UnreachableError('', { ambiguous: true }), undefined],
  ['an error that is none of the service', new TypeError('MessageNotFound'), undefined],
])('%s', (_, error, kind) => {
  expect(receiptRefusal(error)).toBe(kind);
});
