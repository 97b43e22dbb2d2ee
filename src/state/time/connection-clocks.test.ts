import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '@/sandbox/clock';
import { currentLease, dropConnectionLeases } from '../leases/leases';
import { receiveNow } from '../messages/lease.fixture';
import { startEndingByTime } from '../messages/records';
import { clockOf, noteSkew, nowOf, realDelay, serviceNowOf, setClock, whenClocksChange } from './connection-clocks';

const ID = 'sandbox@test';
const start = Date.parse('2026-11-17T09:41:00Z');
let giveBack: (() => void) | undefined;

beforeAll(startEndingByTime);
beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  dropConnectionLeases(ID);
  giveBack?.();
  giveBack = undefined;
  vi.useRealTimers();
});

function sandboxClock() {
  const clock = createClock();
  giveBack = setClock(ID, clock);
  return clock;
}

test('a connection has the clock of this device until its own is set', () => {
  expect(nowOf(ID)).toBe(start);
  sandboxClock().advance(60_000);
  expect(nowOf(ID)).toBe(start + 60_000);
  expect(nowOf('another')).toBe(start);
  giveBack?.();
  expect(nowOf(ID)).toBe(start);
});

test('how long to wait for a time depends on the pace of the clock', () => {
  const clock = sandboxClock();
  expect(realDelay(ID, start + 30_000)).toBe(30_000);
  clock.setSpeed(10);
  expect(realDelay(ID, start + 30_000)).toBe(3000);
  clock.pause();
  expect(realDelay(ID, start + 30_000)).toBe(Number.POSITIVE_INFINITY);
  expect(realDelay(ID, start)).toBe(0);
});

test('listeners are notified when a clock is set, moved, stopped or removed', () => {
  const told = vi.fn<() => void>();
  whenClocksChange(told);
  const clock = sandboxClock();
  clock.advance(1000);
  clock.pause();
  giveBack?.();
  expect(told).toHaveBeenCalledTimes(4);
  expect(clockOf(ID).paused).toBe(false);
});

const lease = () => receiveNow({ connectionId: ID, queue: 'orders' }, 'a', 30);
const state = () => currentLease({ connectionId: ID, queue: 'orders', id: 'a' })?.state;

test('a lease ends at once when its clock is moved past its end', () => {
  const clock = sandboxClock();
  lease();
  clock.advance(29_999);
  expect(state()).toBe('held');
  clock.advance(1);
  expect(state()).toBe('ended');
});

test('a lease ends by itself at the pace of its clock, and not while that stands', () => {
  const clock = sandboxClock();
  clock.setSpeed(10);
  lease();
  vi.advanceTimersByTime(2000);
  expect(state()).toBe('held');
  clock.pause();
  vi.advanceTimersByTime(3_600_000);
  expect(state()).toBe('held');
  clock.resume();
  vi.advanceTimersByTime(1000);
  expect(state()).toBe('ended');
});

test('the time of a service is its own where an answer has shown it, and never jumps for the rounding of a second', () => {
  expect(serviceNowOf('skewed')).toBe(start);
  noteSkew('skewed', undefined);
  expect(serviceNowOf('skewed')).toBe(start);
  noteSkew('skewed', 90_000);
  expect(serviceNowOf('skewed')).toBe(start + 90_000);
  noteSkew('skewed', 90_400);
  expect(serviceNowOf('skewed')).toBe(start + 90_000);
  noteSkew('skewed', -5000);
  expect(serviceNowOf('skewed')).toBe(start - 5000);
  noteSkew('skewed', undefined);
  expect(serviceNowOf('skewed')).toBe(start - 5000);
  expect(serviceNowOf('another')).toBe(start);
});
