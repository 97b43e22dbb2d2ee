import { describe, expect, test } from 'vitest';
import { now } from '@/actions/message.fixture';
import type { LeaseSearchResult } from '@/bulk/leasing/lease-by-id';
import type { LeaseEnding } from '@/messages/record';
import { endedText, isPastLimit, oneSearched, searchFor, secondsToWork, someSearched } from './lease-search';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const result = (change: Partial<LeaseSearchResult>): LeaseSearchResult => ({
  found: [],
  missing: [],
  passed: 0,
  unreturned: 0,
  ...change,
});

describe('what is looked for', () => {
  const wish = { ahead: undefined, limit: 320, usual: 30 };

  test('is leased for as long as a receive, and no less than a minute', () => {
    expect([30, 59, 60, 61, 300].map(secondsToWork)).toEqual([60, 60, 60, 61, 300]);
    expect(searchFor(['a'], { ...wish, usual: 300 }).visibilityTimeout).toBe(300);
  });

  test('is looked for as far as was said', () => {
    expect(searchFor(['a', 'b'], wish)).toEqual({ ids: new Set(['a', 'b']), visibilityTimeout: 60, limit: 320 });
    expect(searchFor(['a'], { ...wish, limit: 'all' }).limit).toBe(Infinity);
  });

  test('spares what is behind it', () => {
    expect(searchFor(['a'], { ...wish, ahead: 0 }).ahead).toBe(0);
    expect(searchFor(['a'], { ...wish, ahead: 9 }).ahead).toBe(9);
  });

  test('is past the limit when as many are before it', () => {
    expect(isPastLimit(319, 320)).toBe(false);
    expect(isPastLimit(320, 320)).toBe(true);
    expect(isPastLimit(1_000_000, 'all')).toBe(false);
  });
});

test.each<[LeaseEnding | undefined, RegExp]>([
  ['refused', /another consumer received the message, or it was deleted$/],
  ['elsewhere', /another tab of this browser received the message$/],
  ['seen', /the message was seen again$/],
  ['malformed', /^The service does not take the receipt/],
  ['time', /^Your lease ended at \d\d:\d\d:\d\d$/],
  [undefined, /^Your lease ended at \d\d:\d\d:\d\d$/],
])('a lease that ended by %s says so', (ending, words) => {
  expect(endedText({ ending, endsAt: new Date(now) })).toMatch(words);
});

describe('a search for one message says', () => {
  test('that it was found, and what it did to the others', () => {
    expect(oneSearched(ID, result({ found: [ID] }), false)).toMatchObject({
      title: 'Leased 0f8fad5b',
      detail: undefined,
      tone: 'success',
    });
    expect(oneSearched(ID, result({ found: [ID], passed: 1 }), false).detail).toBe(
      '1 other message passed: released, dequeue count up by 1.',
    );
  });

  test('what stays hidden of the others, be it one', () => {
    expect(oneSearched(ID, result({ found: [ID], passed: 3, unreturned: 1 }), false).detail).toMatch(
      /^3 other messages passed: .* 1 could not be released and stay hidden until their lease ends\.$/,
    );
  });

  test('that it was found although it was told to stop', () => {
    expect(oneSearched(ID, result({ found: [ID] }), true).title).toBe('Leased 0f8fad5b');
  });

  test('that it was stopped, and nothing of where the message is', () => {
    expect(oneSearched(ID, result({ missing: [ID], passed: 32 }), true)).toMatchObject({
      title: 'Stopped looking',
      detail: '32 other messages passed: released, dequeue count up by 1.',
    });
  });

  test('that it was not found, and where it may be', () => {
    expect(oneSearched(ID, result({ missing: [ID], passed: 320 }), false)).toMatchObject({
      title: '0f8fad5b was not found',
      detail: expect.stringMatching(
        /^320 other messages passed: .* further back, held by another consumer, or gone\.$/,
      ),
      tone: 'warn',
    });
    expect(oneSearched(ID, result({ missing: [ID] }), false).detail).toMatch(/^No message was visible\. It may be/);
  });
});

describe('a search for several says', () => {
  test('that all were found', () => {
    expect(someSearched(result({ found: ['a', 'b'] }), false)).toMatchObject({
      title: 'Leased 2 messages',
      detail: undefined,
      tone: 'success',
    });
  });

  test('how many were not, and where they may be', () => {
    expect(someSearched(result({ found: ['a'], missing: ['b', 'c'], passed: 1 }), false)).toMatchObject({
      title: 'Leased 1 of 3 messages',
      detail:
        '2 messages not found: further back, held by another consumer, or gone. 1 other message passed: released, dequeue count up by 1.',
      tone: 'warn',
    });
  });

  test('nothing of those that it was told to look for no longer', () => {
    expect(someSearched(result({ found: ['a'], missing: ['b'] }), true)).toMatchObject({
      title: 'Leased 1 of 2 messages',
      detail: undefined,
      tone: 'warn',
    });
  });
});
