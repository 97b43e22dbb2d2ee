import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { receiveNow } from './lease.fixture';
import { closeLeases, currentLease, currentLeases, dropConnectionLeases, leaseRemaining, openLeases } from './leases';
import { recordsOf } from './records';

const at = new Date('2026-11-17T09:41:00Z');
const orders = { connectionId: 'harborlane@local', queue: 'orders' };
const held = (id: string) => currentLease({ ...orders, id });
const queue = () => recordsOf(orders.connectionId, orders.queue);

beforeEach(() => {
  vi.useFakeTimers({ now: at });
});
afterEach(() => {
  openLeases(orders.connectionId);
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

test('what a job has is ended by its own answers and not by the clock, until the job lets go of it', () => {
  receiveNow(orders, 'a', 30);
  const claim = { kind: 'job', name: 'Move' } as const;
  queue().claim(['a'], claim);
  vi.advanceTimersByTime(31_000);
  expect(held('a')?.state).toBe('held');
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

test('an answer that comes after its connection was forgotten lends nothing, until the connection is added again', () => {
  receiveNow(orders, 'a');
  closeLeases(orders.connectionId);
  receiveNow(orders, 'b');
  expect([held('a'), held('b')]).toEqual([undefined, undefined]);
  openLeases(orders.connectionId);
  receiveNow(orders, 'c');
  expect(held('c')).toBeDefined();
});
