import { describe, expect, test } from 'vitest';
import type { Fact } from './fact';
import {
  after,
  answer,
  DELETE,
  deleted,
  ID,
  peeked,
  REF,
  received,
  refused,
  told,
  unanswered,
  update,
  updated,
} from './facts.fixture';
import type { LeaseDoubt, MessageRecord } from './record';
import { createRecords } from './records';
import { restoreLeases, storedLeases, toStoredLease } from './stored-leases';

const leased = received('a', 'r1', answer(1, 2));
const standingOf = (record: MessageRecord | undefined) => ({ ...record?.standing, evidence: undefined });
const kept = { ...REF, id: ID, receipt: 'r1', endsAt: 32_000 };

describe('what a reload must know', () => {
  test('is the receipt of a lease and its end, and no text', () => {
    expect(toStoredLease(REF, after(leased))).toEqual(kept);
    expect(toStoredLease(REF, after(leased, updated(update(600), 'r1', 'r2', answer(3, 4))))).toEqual({
      ...kept,
      receipt: 'r2',
      endsAt: 604_000,
    });
  });

  test('includes an uncertain receipt: nothing else returns the message', () => {
    expect(toStoredLease(REF, after(leased, unanswered(update(600), 'r1', answer(3, 4))))).toMatchObject({
      receipt: 'r1',
      endsAt: 603_000,
    });
  });

  test.each<[LeaseDoubt, Fact]>([
    ['lostAnswer', unanswered(update(30), 'r1', answer(2, 4))],
    ['hiddenReceipt', updated(update(29), 'r1', undefined, answer(2, 3))],
    ['delete', unanswered(DELETE, 'r1', answer(3, 4))],
    ['return', unanswered(update(0), 'r1', answer(3, 4))],
    ['clear', { kind: 'maybeCleared', evidence: answer(3, 4) }],
  ])('includes the uncertainty of a lease, which a reload restores: %s', (doubt, fact) => {
    const before = after(leased, fact);
    expect(toStoredLease(REF, before)).toEqual({ ...kept, doubt });
    const records = createRecords();
    restoreLeases(records, [{ ...kept, doubt }], () => 2000);
    const restored = records.of(REF).get(ID);
    expect(toStoredLease(REF, restored)).toEqual({ ...kept, doubt });
    expect([restored?.lease?.state, restored?.lease?.because]).toEqual([before.lease?.state, before.lease?.because]);
    expect(standingOf(restored)).toEqual(standingOf(before));
  });

  test.each([
    ['no message', undefined],
    ['no lease', after(peeked('a', answer(1)))],
    ['a lease that was released', after(leased, updated(update(0), 'r1', 'r2', answer(3, 4)))],
    ['a lease that has ended', after(leased, { kind: 'time', now: 32_000 })],
    ['a lease whose receipt was refused', after(leased, refused(update(9), 'r1', answer(3, 4)))],
    ['a message that is deleted', after(leased, deleted(answer(3, 4)))],
    ['a lease of another tab', after(told({ what: 'leased', endsAt: 9, total: 9, dequeueCount: 1 }, answer(1)))],
  ])('does not include %s', (_, record) => {
    expect(toStoredLease(REF, record)).toBeUndefined();
  });

  test('covers all queues', () => {
    const records = createRecords();
    records.of(REF).applyTo(ID, leased);
    records.of({ ...REF, queue: 'others' }).applyTo(ID, leased);
    records.of({ ...REF, queue: 'peeked' }).applyTo(ID, peeked('a', answer(1)));
    expect([...storedLeases(records)]).toEqual([kept, { ...kept, queue: 'others' }]);
  });
});

describe('after a reload', () => {
  test('leases are there to be released, each in its own queue', () => {
    const records = createRecords();
    restoreLeases(records, [kept, { ...kept, queue: 'others', receipt: 'r2' }], () => 2000);
    expect(records.of(REF).get(ID)).toMatchObject({
      message: undefined,
      lease: { holder: 'left', receipt: 'r1', endsAt: 32_000, total: 30, state: 'held' },
    });
    expect(records.of({ ...REF, queue: 'others' }).get(ID)?.lease?.receipt).toBe('r2');
  });

  test('what has ended, or is of a connection that is closed, is left out', () => {
    const records = createRecords();
    records.close('closed');
    restoreLeases(records, [kept, { ...kept, connectionId: 'closed', endsAt: 99_000 }], () => 32_000);
    expect([...records.queues()].map(({ size }) => size)).toEqual([]);
  });

  test('what was leased anew meanwhile stays as it is', () => {
    const records = createRecords();
    records.of(REF).applyTo(ID, leased);
    restoreLeases(records, [{ ...kept, receipt: 'r0' }], () => 2000);
    expect(records.of(REF).get(ID)?.lease).toMatchObject({ receipt: 'r1', holder: 'tab' });
  });

  test('a peek that shows the message ends the lease', () => {
    const records = createRecords();
    restoreLeases(records, [kept], () => 2000);
    const queue = records.of(REF);
    queue.applyTo(ID, peeked('a', queue.answeredNow(queue.tick(), 3000, undefined), 1));
    expect(queue.get(ID)).toMatchObject({ message: { text: 'a' }, lease: { state: 'ended', ending: 'seen' } });
  });
});
