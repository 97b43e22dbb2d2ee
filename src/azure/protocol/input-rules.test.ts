import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queueNameProblem, timeToLiveProblem, visibilityDelayProblem } from './input-rules';
import { MAX_TEXT_BYTES } from './limits';
import { textBytes, textProblem, unsendableCharacter } from './message-text';

describe('a form may say nothing against', () => {
  test.each(['abc', 'orders', 'orders-poison', '0-0', 'a'.repeat(63)])('the queue name %s', (name) => {
    expect(queueNameProblem(name)).toBeUndefined();
  });

  test('any name that the documented pattern takes, and must against any other', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[a-z0-9-]{1,8}$/),
      fc.stringMatching(/^[A-Za-z0-9_|-]{2,65}$/),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(name, (text) => {
        const isLegal = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && !text.includes('\n');
        expect(queueNameProblem(text) === undefined).toBe(isLegal);
      }),
      { numRuns: 500 },
    );
  });

  test.each([1, 2_147_483_647, 'never' as const])('the time to live %s', (timeToLive) => {
    expect(timeToLiveProblem(timeToLive)).toBeUndefined();
  });

  test('the longest visibility delay, when the message lives longer', () => {
    expect(visibilityDelayProblem(604_800, 'never')).toBeUndefined();
    expect(visibilityDelayProblem(604_799)).toBeUndefined();
    expect(visibilityDelayProblem(0, 1)).toBeUndefined();
  });

  test.each(['', 'é'.repeat(MAX_TEXT_BYTES / 2), '\t\n\r', '\u0085\u2028\uFFFD😀'])('a text that fits', (text) => {
    expect(textProblem(text)).toBeUndefined();
  });
});

describe('a text', () => {
  test('is measured in bytes of UTF-8', () => {
    expect(['a', 'é', '€', '😀'].map(textBytes)).toEqual([1, 2, 3, 4]);
  });

  test('cannot be sent exactly when it breaks the Char production of XML or is not well-formed', () => {
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0x24 }),
      fc.integer({ min: 0xd7f0, max: 0xe00f }),
      fc.integer({ min: 0xfff0, max: 0xffff }),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 4 }), (units) => {
        const text = String.fromCharCode(...units);
        const hasForbidden = units.some((code) => (code < 0x20 && ![9, 10, 13].includes(code)) || code >= 0xfffe);
        expect(unsendableCharacter(text) === undefined).toBe(!hasForbidden && text.isWellFormed());
      }),
      { numRuns: 1000 },
    );
  });

  test('is sent as Base64, but not half of a surrogate pair, which that cannot carry either', () => {
    const words = 'at line 1, column 2 cannot be written in XML, which carries messages.';
    expect(textProblem('a\u0007')).toBe(`U+0007 ${words} Send the text as Base64.`);
    expect(textProblem('a\uD83D')).toBe(`U+D83D ${words}`);
  });

  test('is searched from its start, in the columns of an editor', () => {
    expect(unsendableCharacter('😀\u0001\u0002')).toEqual({ name: 'U+0001', index: 2, line: 1, column: 3 });
    expect(unsendableCharacter('a\rb\r\nc\n\uFFFF')).toEqual({ name: 'U+FFFF', index: 7, line: 4, column: 1 });
  });
});
