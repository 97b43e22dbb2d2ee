import { expect, test } from 'vitest';
import { InvalidInputError, StorageError, UnreachableError } from '../protocol/errors';
import { describeError } from './failure-text';

const refused = (status: number, code?: string) =>
  new StorageError('In the service’s own words.', { status, code, exchangeId: 'a-1' });

const VOID_OR_GONE =
  /^The receipt is no longer valid: another consumer received the message, or it was deleted or has expired\.$/;

test.each<[what: string, error: unknown, reason: RegExp, code: string | undefined, exchangeId: string | undefined]>([
  ['a known code', refused(404, 'QueueNotFound'), /^The queue does not exist any more\.$/, '404 QueueNotFound', 'a-1'],
  ['a receipt, by Azure', refused(404, 'MessageNotFound'), VOID_OR_GONE, '404 MessageNotFound', 'a-1'],
  ['a receipt, by the emulator', refused(400, 'PopReceiptMismatch'), VOID_OR_GONE, '400 PopReceiptMismatch', 'a-1'],
  [
    'a receipt, by an answer whose code nobody can read',
    new StorageError('The service answered 404: Not Found', { status: 404, operation: 'Delete Message' }),
    VOID_OR_GONE,
    '404',
    undefined,
  ],
  [
    'a receipt, after a try without an answer',
    new StorageError('', { status: 404, code: 'MessageNotFound', operation: 'Delete Message', afterLostAnswer: true }),
    /^Most likely it was done: no answer came, and the repeat found the receipt no longer valid\.$/,
    '404 MessageNotFound',
    undefined,
  ],
  [
    'another refusal after a try without an answer',
    new StorageError('', { status: 403, code: 'AuthorizationPermissionMismatch', afterLostAnswer: true }),
    /^This credential may not do that here\. No answer came to an earlier try, so it may have happened all the same\.$/,
    '403 AuthorizationPermissionMismatch',
    undefined,
  ],
  [
    'a receipt that is none',
    new StorageError('Value for one of the query parameters is invalid.', {
      status: 400,
      code: 'InvalidQueryParameterValue',
      operation: 'Delete Message',
      details: { QueryParameterName: 'popreceipt' },
    }),
    /^What was sent as the receipt is none\.$/,
    '400 InvalidQueryParameterValue',
    undefined,
  ],
  ['a signature', refused(403, 'AuthenticationFailed'), /refused the signature/, '403 AuthenticationFailed', 'a-1'],
  [
    'a signature whose time was too far ahead',
    new StorageError('', { status: 403, code: 'AuthenticationFailed', signedOffMs: 1_024_000 }),
    /^Azure refused the signature\. Your clock is 17 min 4 s ahead\.$/,
    '403 AuthenticationFailed',
    undefined,
  ],
  [
    'a signature whose time was right',
    new StorageError('', { status: 403, code: 'AuthenticationFailed', signedOffMs: -3000 }),
    /^Azure refused the signature\.$/,
    '403 AuthenticationFailed',
    undefined,
  ],
  [
    'a signature refused for its time, by how much unknown',
    new StorageError('', {
      status: 403,
      code: 'AuthenticationFailed',
      details: { AuthenticationErrorDetail: 'Request date header too old: Fri, 02 Jan 2026' },
    }),
    /too far from Azure’s clock/,
    '403 AuthenticationFailed',
    undefined,
  ],
  ['a code without words of ours', refused(409, 'Strange'), /^In the service’s own words\.$/, '409 Strange', 'a-1'],
  ['a status alone', refused(502), /^In the service’s own words\.$/, '502', 'a-1'],
  [
    'no answer to a call that changes nothing: a host that is down, or one that CORS hides',
    new UnreachableError('', { ambiguous: false, exchangeId: 'a-2' }),
    /nothing answers, or the CORS rules/,
    undefined,
    'a-2',
  ],
  [
    'no answer to a call that may have been carried out',
    new UnreachableError('', { ambiguous: true, exchangeId: 'a-2' }),
    /may have happened all the same/,
    undefined,
    'a-2',
  ],
  ['refused before it was sent', new InvalidInputError('count', 'At most 32.'), /^At most 32\.$/, undefined, undefined],
  ['a mistake of ours', new TypeError('x is not a function'), /^x is not a function$/, undefined, undefined],
  ['something that is no error', 'odd', /^odd$/, undefined, undefined],
])('%s', (_, error, reason, code, exchangeId) => {
  expect(describeError(error)).toEqual({ reason: expect.stringMatching(reason), code, exchangeId });
});
