import { describe, expect, test } from 'vitest';
import type { Browse } from '@/state/messages/queue-browses';
import { perMinute, spokenCount } from './queue-count';
import { sawWhole } from './use-count-parts';

const sample = (seconds: number, count: number | undefined) => ({ at: seconds * 1000, count });

test('the trend is the change a minute between the first and the last known count', () => {
  expect(perMinute([sample(0, 100), sample(15, undefined), sample(30, 164)])).toBe(128);
  expect(perMinute([sample(0, 100), sample(60, 40)])).toBe(-60);
});

test('samples under ten seconds apart, or without a number, have no trend', () => {
  expect(perMinute([sample(0, 100), sample(9, 164)])).toBeUndefined();
  expect(perMinute([sample(0, undefined), sample(60, 1)])).toBeUndefined();
  expect(perMinute([])).toBeUndefined();
});

const at = (seconds: number, count: number, queue = 'orders') => ({ queue, count, at: seconds * 1000 });

describe('a count is spoken', () => {
  test('when it has changed, and 15 s after the last at the earliest', () => {
    expect(spokenCount(at(0, 5), at(15, 6))).toEqual({ words: undefined, last: at(0, 5) });
    expect(spokenCount(at(0, 5), at(15.001, 6))).toEqual({ words: 'orders, about 6 messages', last: at(15.001, 6) });
    expect(spokenCount(at(0, 5), at(60, 5))).toEqual({ words: undefined, last: at(0, 5) });
  });

  test('of a queue that one stays at, not of one that is opened', () => {
    expect(spokenCount(undefined, at(0, 5))).toEqual({ words: undefined, last: at(0, 5) });
    expect(spokenCount(at(0, 5), at(60, 9, 'invoices'))).toEqual({ words: undefined, last: at(60, 9, 'invoices') });
  });
});

const browse = (phase: Browse['phase'], ended: Browse['report']['ended'], listed = 40) =>
  sawWhole({ phase, listed, report: { ended } as Browse['report'] });

test('a browse tells all that is visible only when it came to the end', () => {
  expect(browse('ended', 'empty')).toBe(true);
  for (const ended of ['cap', 'aborted', 'failed'] as const) expect(browse('ended', ended)).toBe(false);
  expect(browse('returning', 'empty')).toBe(false);
  expect(browse('ended', 'empty', 0)).toBe(false);
});
