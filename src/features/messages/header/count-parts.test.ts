import { expect, test } from 'vitest';
import { countParts, countText } from './count-parts';

const words = (known: Partial<Parameters<typeof countParts>[0]>) =>
  countText(countParts({ total: 18, peeked: 12, asked: 32, browsed: undefined, held: 4, ...known }));

test('a peek that saw fewer than it asked for leaves the rest hidden elsewhere', () => {
  expect(words({})).toBe('About 18 messages: 12 visible, 4 held here, 2 hidden or delayed elsewhere');
});

test('a full peek tells only that there are at least so many', () => {
  expect(words({ total: 10_432, peeked: 32 })).toBe(
    'About 10,432 messages: at least 32 visible, 4 held here, 10,396 further back or hidden elsewhere',
  );
});

test('a browse of the whole queue knows them all', () => {
  expect(words({ total: 1000, peeked: 32, browsed: 990, held: 0 })).toBe(
    'About 1,000 messages: 990 visible, 10 hidden or delayed elsewhere',
  );
});

test('without a count there is no rest to infer', () => {
  expect(words({ total: undefined })).toBe('Number of messages unknown: 12 visible, 4 held here');
  expect(words({ total: undefined, peeked: undefined, held: 0 })).toBe(
    'Number of messages unknown: at least 0 visible',
  );
});

test('a count that lags behind leaves no rest, rather than less than none', () => {
  expect(words({ total: 10 })).toBe('About 10 messages: 12 visible, 4 held here');
  expect(countParts({ total: 10, peeked: 12, asked: 32, browsed: undefined, held: 4 }).rest).toBe(0);
  expect(words({ total: 1, peeked: 1, held: 0 })).toBe('About 1 message: 1 visible');
});
