import { describe, expect, test } from 'vitest';
import { choiceText, comparable, conflictOf, replacedBy, undecidedReason, whoChanged } from './conflict';

const texts = { base: 'base', now: 'base', mine: 'mine', over: undefined, isUndecided: false };

describe('what is written and what the message says now', () => {
  test.each([
    ['nothing has changed', {}, 'none'],
    ['nothing is known of the message any more', { now: undefined }, 'none'],
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

  test('what a save replaces is what the person saw', () => {
    const theirs = { base: 'base', now: 'theirs' };
    expect(replacedBy('none', texts)).toBe('base');
    expect(replacedBy('decided', theirs)).toBe('theirs');
    expect(replacedBy('arrived', theirs)).toBe('theirs');
    // Off anyway: were it sent all the same, it would be stopped there.
    expect(replacedBy('conflict', theirs)).toBe('base');
  });

  test('only what is decided can be saved', () => {
    expect((['none', 'arrived', 'decided'] as const).map(undecidedReason)).toEqual([undefined, undefined, undefined]);
    for (const conflict of ['conflict', 'uncertain', 'checking'] as const)
      expect(undecidedReason(conflict)).toBeTypeOf('string');
  });
});

test('who changed it is said only as far as it is known', () => {
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
  test('are laid out', () => {
    const [one, other] = comparable(`{"a":1,"long":"${'x'.repeat(60)}"}`, `{"a":2,"long":"${'x'.repeat(60)}"}`);
    expect([one.split('\n').length, other.split('\n').length]).toEqual([4, 4]);
  });

  test('stay as they are where only their layout differs', () => {
    expect(comparable('{"a":1}', '{ "a": 1 }')).toEqual(['{"a":1}', '{ "a": 1 }']);
  });

  test('keep every character of what is no complete JSON', () => {
    expect(comparable('{"a":', 'a\r\nb')).toEqual(['{"a":', 'a\r\nb']);
  });
});
