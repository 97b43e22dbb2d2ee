import { describe, expect, test } from 'vitest';
import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import { isBusy, LostAnswer, mayBeCarriedOut } from './outcome';

const refused = (status: number, afterLostAnswer = false) => new StorageError('No.', { status, afterLostAnswer });

describe('what failed', () => {
  test.each([
    ['a lost answer', new UnreachableError('No answer.', { ambiguous: true }), true],
    ['one that was repeated, and then refused', new LostAnswer(refused(404)), true],
    ['one that was called off in mid-flight', new DOMException('Called off.', 'AbortError'), true],
    ['what a browser could not do before it was sent', new DOMException('No such address.', 'SyntaxError'), false],
    ['a failure of the service', refused(500), true],
    ['an account that is busy', refused(503), false],
    ['an account that is busy after a lost answer', refused(503, true), true],
    ['a refusal', refused(403), false],
    ['one that was never sent', new Error('The text is too long.'), false],
  ])('by %s may be done: %s', (_, error, maybe) => expect(mayBeCarriedOut(error)).toBe(maybe));

  test('after a lost answer says so, and has the refusal for its cause', () => {
    const cause = refused(404);
    expect(new LostAnswer(cause)).toMatchObject({
      name: 'LostAnswer',
      message: 'No answer arrived. The change may or may not have been made.',
      cause,
    });
  });

  test('only a failure for lack of room is worth waiting', () => {
    expect([isBusy(refused(503)), isBusy(refused(500)), isBusy(new Error('503'))]).toEqual([true, false, false]);
  });
});
