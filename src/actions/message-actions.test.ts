import { describe, expect, test } from 'vitest';
import { createRecords } from '@/messages/records';
import { goesAtOnce, notLeaving } from './lease-requests';
import { lease, message, now, row } from './message.fixture';
import { longestSeconds, messageActions } from './message-actions';

const held = (id: string) => row(id, { lease: lease(id) });
const many = (count: number) => Array.from({ length: count }, (_, index) => held(String(index)));

describe('a delete', () => {
  test('goes at once only of leased messages', () => {
    const taken = row('taken', { lease: lease('taken'), claim: { kind: 'job', name: 'Move' } });
    expect(goesAtOnce([held('a')], false)).toBe(true);
    expect(goesAtOnce([held('a'), row('b')], false)).toBe(false);
    expect(goesAtOnce([held('a'), taken], false)).toBe(false);
    expect(goesAtOnce([row('a', { lease: lease('a', { state: 'unknown' }) })], false)).toBe(false);
  });

  test('goes at once of twenty, and of one more is asked', () => {
    expect(goesAtOnce(many(20), false)).toBe(true);
    expect(goesAtOnce(many(21), false)).toBe(false);
  });

  test('is always asked in production', () => {
    expect(goesAtOnce([held('a')], true)).toBe(false);
  });

  test('that is asked for twice is asked for once', () => {
    const records = createRecords();
    records.open('harborlane@local');
    const queue = records.of({ connectionId: 'harborlane@local', queue: 'orders' });
    for (const id of ['a', 'b']) {
      const evidence = queue.answeredNow(queue.tick(), now, undefined);
      queue.applyTo(id, { kind: 'peeked', message: message(id), evidence });
    }
    queue.claim(['b'], { kind: 'delete', name: 'A delete' });
    expect(notLeaving([held('a'), held('b'), held('c')], queue).map(({ id }) => id)).toEqual(['a', 'c']);
  });
});

const leasedFor = (seconds: number) => row('a', { lease: lease('a', { total: seconds }) });

test('an extension is as long as the longest of the leases', () => {
  expect(longestSeconds([leasedFor(30), leasedFor(900), leasedFor(300)])).toBe(900);
  expect(longestSeconds([])).toBe(1);
});

test('a template is made of one message', () => {
  type Subject = Parameters<NonNullable<typeof messageActions.saveAsTemplate.isOffered>>[0];
  const isFor = (count: number) =>
    messageActions.saveAsTemplate.isOffered?.({ rows: many(count) } as unknown as Subject);
  expect([isFor(1), isFor(2)]).toEqual([true, false]);
});
