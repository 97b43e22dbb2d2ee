import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { receiveNow } from '../messages/lease.fixture';
import { records, recordsOf, startEndingByTime } from '../messages/records';
import { currentLeases } from './held-leases.fixture';
import { allLeases, currentLease, dropConnectionLeases, leaseRemaining } from './leases';
import { restoredLeases } from './restored-leases';

const at = new Date('2026-11-17T09:41:00Z');
const orders = { connectionId: 'harborlane@local', queue: 'orders' };
const held = (id: string) => currentLease({ ...orders, id });
const queue = () => recordsOf(orders.connectionId, orders.queue);

beforeAll(startEndingByTime);
beforeEach(() => {
  vi.useFakeTimers({ now: at });
});
afterEach(() => {
  records.open(orders.connectionId);
  dropConnectionLeases(orders.connectionId);
  vi.useRealTimers();
});

test('time left never goes below zero', () => {
  receiveNow(orders, 'a', 30);
  const lease = held('a');
  expect(lease && leaseRemaining(lease, at.getTime())).toBe(30_000);
  expect(lease && leaseRemaining(lease, at.getTime() + 90_000)).toBe(0);
});

test('a lease ends by itself when its time is over, and only that one', () => {
  receiveNow(orders, 'a', 30);
  receiveNow(orders, 'b', 300);
  vi.advanceTimersByTime(30_000);
  expect([held('a')?.state, held('b')?.state]).toEqual(['ended', 'held']);
  expect(held('a')?.ending).toBe('time');
  vi.advanceTimersByTime(270_000);
  expect(held('b')?.state).toBe('ended');
});

test('a lease that begins later and ends sooner ends first', () => {
  receiveNow(orders, 'a', 300);
  receiveNow(orders, 'b', 5);
  vi.advanceTimersByTime(5000);
  expect([held('a')?.state, held('b')?.state]).toEqual(['held', 'ended']);
});

test('an extended lease outlives its first end', () => {
  receiveNow(orders, 'a', 30);
  receiveNow(orders, 'a', 300, { dequeueCount: 2 });
  vi.advanceTimersByTime(31_000);
  expect(held('a')?.state).toBe('held');
});

test('a lease of a job is ended by its own answers and not by the clock, until the job ends its claim', () => {
  receiveNow(orders, 'a', 30);
  const claim = { kind: 'job', name: 'Move' } as const;
  queue().claim(['a'], claim);
  vi.advanceTimersByTime(31_000);
  expect(held('a')?.state).toBe('held');
  expect(vi.getTimerCount()).toBe(0);
  queue().unclaim(['a'], claim);
  vi.advanceTimersByTime(1);
  expect(held('a')?.state).toBe('ended');
});

test('a message that was hidden for a time is there again after it', () => {
  receiveNow(orders, 'a', 30);
  const evidence = queue().answeredNow(queue().tick(), Date.now(), undefined);
  queue().applyTo('a', { kind: 'givenUp', until: at.getTime() + 60_000, evidence });
  expect(queue().get('a')?.standing.is).toBe('hidden');
  vi.advanceTimersByTime(60_000);
  expect(queue().get('a')?.standing.is).toBe('there');
});

test('a renewed lease stays in its place among the others', () => {
  for (const id of ['a', 'b']) receiveNow(orders, id);
  receiveNow(orders, 'a', 30, { receipt: 'new', dequeueCount: 2 });
  expect(held('a')?.receipt).toBe('new');
  expect(currentLeases(orders.connectionId, orders.queue).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('an answer after its connection was removed records no lease, until the connection is added again', () => {
  receiveNow(orders, 'a');
  records.close(orders.connectionId);
  receiveNow(orders, 'b');
  expect([held('a'), held('b')]).toEqual([undefined, undefined]);
  records.open(orders.connectionId);
  receiveNow(orders, 'c');
  expect(held('c')).toBeDefined();
});

test('the screen shows a person’s leases: none of a job or another tab, and no deleted message', () => {
  for (const id of ['mine', 'work', 'left', 'gone', 'moved', 'over']) receiveNow(orders, id);
  const evidence = queue().answeredNow(queue().tick(), Date.now(), undefined);
  queue().applyTo('work', { kind: 'handed', holder: 'work' });
  queue().applyTo('left', { kind: 'handed', holder: 'left' });
  queue().pin('a list', { has: () => true });
  queue().applyTo('gone', { kind: 'deleted', evidence });
  queue().applyTo('moved', { kind: 'deleted', evidence });
  queue().applyTo('moved', { kind: 'movedTo', removal: { how: 'moved', to: { ...orders, queue: 'other' } } });
  queue().applyTo('over', { kind: 'time', now: Infinity });
  expect(allLeases().map(({ id }) => id)).toEqual(['mine', 'over']);
  expect(currentLeases(orders.connectionId, orders.queue).map(({ id }) => id)).toEqual(['mine']);
});

test('a lease without a known receipt is not usable', () => {
  receiveNow(orders, 'a');
  const asked = { change: 'update', visibilityTimeout: 60, text: undefined } as const;
  const evidence = queue().answeredNow(queue().tick(), Date.now(), undefined);
  queue().applyTo('a', { kind: 'unanswered', asked, used: 'receipt of a', askedAt: Date.now(), evidence });
  expect(held('a')?.state).toBe('unknown');
  expect(currentLeases(orders.connectionId, orders.queue)).toEqual([]);
});

describe('leases that nobody works with', () => {
  test('are the abandoned ones, until they are claimed or over', () => {
    for (const id of ['mine', 'left', 'taken', 'work']) receiveNow(orders, id, 60);
    for (const id of ['left', 'taken']) queue().applyTo(id, { kind: 'handed', holder: 'left' });
    queue().applyTo('work', { kind: 'handed', holder: 'work' });
    queue().claim(['taken'], { kind: 'job', name: 'Delete' });
    expect(restoredLeases()).toMatchObject([{ ...orders, id: 'left', receipt: 'receipt of left' }]);
    vi.advanceTimersByTime(60_000);
    expect(restoredLeases()).toEqual([]);
    expect(queue().get('left')?.lease?.state).toBe('ended');
  });

  test('of another tab end by the clock too', () => {
    receiveNow(orders, 'a', 1);
    vi.advanceTimersByTime(1000);
    const evidence = queue().answeredNow(queue().tick(), Date.now(), undefined);
    const news = { what: 'leased', endsAt: Date.now() + 30_000, total: 30, dequeueCount: 2 } as const;
    queue().applyTo('a', { kind: 'elsewhere', news, evidence });
    expect(queue().get('a')?.lease).toMatchObject({ holder: 'elsewhere', state: 'held' });
    vi.advanceTimersByTime(30_000);
    expect(queue().get('a')?.lease).toBeUndefined();
  });
});
