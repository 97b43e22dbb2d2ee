import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LeasedMessage } from '@/azure/account';
import {
  closeLeases,
  currentLease,
  dropConnectionLeases,
  dropLeases,
  keepLeases,
  type Lease,
  leaseRemaining,
  loseLease,
  openLeases,
  toLease,
} from './leases';

const at = new Date('2026-11-17T09:41:00Z');
const message = (id: string, visibleAt = new Date('2026-11-17T09:41:30Z')): LeasedMessage => ({
  id,
  insertedAt: at,
  expiresAt: null,
  dequeueCount: 1,
  text: 'hello',
  receipt: `receipt of ${id}`,
  visibleAt,
});
const service = (skew: number | undefined) => ({ id: 'harborlane@local', clockSkew: () => skew });
const lease = (id: string, change: Partial<Lease> = {}): Lease => ({
  ...toLease(service(0), 'orders', message(id), { total: 30, askedAt: at }),
  ...change,
});
const held = (id: string) => currentLease({ connectionId: 'harborlane@local', queue: 'orders', id });

beforeEach(() => {
  vi.useFakeTimers({ now: at });
});
afterEach(() => {
  dropConnectionLeases('harborlane@local');
  vi.useRealTimers();
});

test('a lease ends at TimeNextVisible when the clocks agree', () => {
  expect(leaseRemaining(lease('a'), at.getTime())).toBe(30_000);
});

test('a clock that is behind the service shows the same time left, not more', () => {
  const behind = toLease(service(120_000), 'orders', message('a', new Date('2026-11-17T09:43:30Z')), {
    total: 30,
    askedAt: at,
  });
  expect(leaseRemaining(behind, at.getTime())).toBe(30_000);
});

test('without a known skew the lease counts from the moment it was asked for', () => {
  const hidden = toLease(service(undefined), 'orders', message('a', new Date('2026-11-17T11:00:00Z')), {
    total: 30,
    askedAt: at,
  });
  expect(hidden.endsAt).toEqual(new Date('2026-11-17T09:41:30Z'));
});

test('time left never goes below zero', () => {
  expect(leaseRemaining(lease('a'), at.getTime() + 90_000)).toBe(0);
});

test('a lease ends by itself when its time is over, and only that one', () => {
  keepLeases([lease('a'), lease('b', { endsAt: new Date(at.getTime() + 300_000) })]);
  vi.advanceTimersByTime(30_000);
  expect([held('a')?.state, held('b')?.state]).toEqual(['ended', 'held']);
});

test('an extended lease outlives its first end', () => {
  keepLeases([lease('a')]);
  keepLeases([lease('a', { endsAt: new Date(at.getTime() + 300_000) })]);
  vi.advanceTimersByTime(31_000);
  expect(held('a')?.state).toBe('held');
});

test('a renewed lease stays in its place among the others', () => {
  keepLeases([lease('a'), lease('b')]);
  keepLeases([lease('a', { receipt: 'new' })]);
  expect(held('a')?.receipt).toBe('new');
  keepLeases([lease('c')]);
  dropLeases('harborlane@local', 'orders', ['b']);
  expect([held('a'), held('b'), held('c')].map((one) => one?.id)).toEqual(['a', undefined, 'c']);
});

test('a lost lease stays known, so that a draft can say so', () => {
  keepLeases([lease('a')]);
  loseLease(lease('a'));
  expect(held('a')?.state).toBe('ended');
});

test('an answer that comes after its connection was forgotten lends nothing, until the connection is added again', () => {
  keepLeases([lease('a')]);
  closeLeases('harborlane@local');
  keepLeases([lease('b')]);
  expect([held('a'), held('b')]).toEqual([undefined, undefined]);
  openLeases('harborlane@local');
  keepLeases([lease('c')]);
  expect(held('c')).toBeDefined();
});

test('clearing a queue forgets its leases and no other', () => {
  keepLeases([lease('a'), lease('a', { queue: 'invoices' })]);
  dropLeases('harborlane@local', 'orders');
  expect(held('a')).toBeUndefined();
  expect(currentLease(lease('a', { queue: 'invoices' }))).toBeDefined();
});
