import { describe, expect, test } from 'vitest';
import { choiceText, comparable, conflictOf, replacedBy, undecidedReason, whoChanged } from './conflict';

const texts = { base: 'base', now: 'base', mine: 'mine', over: undefined, isUndecided: false };

describe('a draft and the current text of its message', () => {
  test.each([
    ['nothing has changed', {}, 'none'],
    ['the message is no longer known', { now: undefined }, 'none'],
    ['somebody changed it', { now: 'theirs' }, 'conflict'],
    ['somebody changed it to what is written here', { now: 'mine' }, 'arrived'],
    ['what is written here is not packed yet', { now: 'theirs', mine: undefined }, 'checking'],
    ['it was chosen to save over that', { now: 'theirs', over: 'theirs' }, 'decided'],
    ['it has changed once more since the choice', { now: 'newer', over: 'theirs' }, 'conflict'],
    ['it has changed back since the choice', { now: 'base', over: 'theirs' }, 'none'],
    ['two answers disagree', { isUndecided: true }, 'uncertain'],
    ['two answers disagree, and it was chosen to save over either', { isUndecided: true, over: 'base' }, 'decided'],
  ] as const)('%s', (_, change, expected) => {
    expect(conflictOf({ ...texts, ...change })).toBe(expected);
  });

  test('a save replaces the text that the person saw', () => {
    const theirs = { base: 'base', now: 'theirs' };
    expect(replacedBy('none', texts)).toBe('base');
    expect(replacedBy('decided', theirs)).toBe('theirs');
    expect(replacedBy('arrived', theirs)).toBe('theirs');
    // The button is off then; a save that was sent all the same would be stopped by this.
    expect(replacedBy('conflict', theirs)).toBe('base');
  });

  test('a conflict can be saved only after a decision', () => {
    expect((['none', 'arrived', 'decided'] as const).map(undecidedReason)).toEqual([undefined, undefined, undefined]);
    for (const conflict of ['conflict', 'uncertain', 'checking'] as const)
      expect(undecidedReason(conflict)).toBeTypeOf('string');
  });
});

test('the sentence on who changed the text says no more than is known', () => {
  expect(
    [{ who: 'consumer' } as const, { who: 'otherTab' } as const, { who: 'us', work: 'Change text' } as const].map(
      whoChanged,
    ),
  ).toEqual([
    'Another consumer changed it.',
    'Another tab of this browser changed it.',
    'Change text in this tab changed it.',
  ]);
  expect(whoChanged({ who: 'us', work: undefined })).toBe('An earlier save of this tab changed it.');
  expect(whoChanged(undefined)).toBe('It is not known who changed it.');
  expect(choiceText({ who: 'us', work: 'Change text' }).use).not.toContain('theirs');
});

describe('two texts to be compared', () => {
  test('two texts to compare are formatted', () => {
    const [one, other] = comparable(`{"a":1,"long":"${'x'.repeat(60)}"}`, `{"a":2,"long":"${'x'.repeat(60)}"}`);
    expect([one.split('\n').length, other.split('\n').length]).toEqual([4, 4]);
  });

  test('two texts that differ in format alone are compared as they are', () => {
    expect(comparable('{"a":1}', '{ "a": 1 }')).toEqual(['{"a":1}', '{ "a": 1 }']);
  });

  test('an incomplete JSON text is compared as it is', () => {
    expect(comparable('{"a":', 'a\r\nb')).toEqual(['{"a":', 'a\r\nb']);
  });
});
