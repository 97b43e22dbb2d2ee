import { expect, test } from 'vitest';
import { InvalidInputError, StorageError, UnreachableError } from '../protocol/errors';
import { mayHaveSucceeded } from './retry';

const refused = (status: number, afterLostAnswer = false) => new StorageError('No.', { status, afterLostAnswer });

test.each<[what: string, error: unknown, may: boolean]>([
  ['no answer', new UnreachableError('', { ambiguous: true }), true],
  ['no answer to what can be done twice', new UnreachableError('', { ambiguous: false }), true],
  ['a 500', refused(500), true],
  ['a 502 of something in between', refused(502), true],
  ['a 503, which comes before anything is done', refused(503), false],
  ['a 503 after a lost answer', refused(503, true), true],
  ['a 404', refused(404), false],
  ['a 404 after a lost answer', refused(404, true), true],
  ['a success of which nothing can be read', refused(201), true],
  ['what was never sent', new InvalidInputError('count', 'At most 32.'), false],
  ['a mistake of ours', new TypeError('x is not a function'), false],
])('whether a call may have been carried out that ended in %s', (_, error, may) => {
  expect(mayHaveSucceeded(error)).toBe(may);
});
