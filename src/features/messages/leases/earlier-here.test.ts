import { describe, expect, test } from 'vitest';
import { now } from '@/actions/message.fixture';
import { cutOffHere, earlierHere, lastEnd } from './restored-leases-text';

const here = { connectionId: 'harborlane@local', queue: 'orders' };
const there = { ...here, queue: 'invoices' };
const elsewhere = { ...here, connectionId: 'other@local' };
const lease = (id: string, place = here, left = 30_000) => ({ ...place, id, receipt: 'r', endsAt: now + left });
const looked = { ...here, now, told: new Set<string>() };
const ids = (leases: readonly { id: string }[]) => leases.map(({ id }) => id);

describe('leases that are held and not shown', () => {
  test('are those of this queue, and all of its connection', () => {
    const { own, all } = earlierHere([lease('a'), lease('b', there), lease('c', elsewhere)], looked);
    expect(ids(own)).toEqual(['a']);
    expect(ids(all)).toEqual(['a', 'b']);
  });

  test('are none that have ended', () => {
    const { own, all } = earlierHere([lease('a', here, 0), lease('b', there, -1), lease('c', here, 1)], looked);
    expect(ids(own)).toEqual(['c']);
    expect(ids(all)).toEqual(['c']);
  });

  test('are none of which a browse of this queue tells itself', () => {
    const { all } = earlierHere([lease('a'), lease('b'), lease('a', there)], { ...looked, told: new Set(['a']) });
    expect(all.map(({ id, queue }) => [id, queue])).toEqual([
      ['b', 'orders'],
      ['a', 'invoices'],
    ]);
  });

  test('end with the last of them', () => {
    expect(lastEnd([lease('a'), lease('b', here, 60_000), lease('c')])).toBe(now + 60_000);
  });
});

test('a receive that was cut off is told in its queue, until what it may hide shows by itself', () => {
  const receive = (place: typeof here, left: number) => ({ ...place, messages: 32, until: now + left });
  const own = receive(here, 1);
  expect(cutOffHere([own, receive(here, 0), receive(there, 1), receive(elsewhere, 1)], looked)).toEqual([own]);
});
