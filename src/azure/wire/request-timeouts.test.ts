import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRequestTimeouts } from './request-timeouts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('each request has its own time, also those that come while others wait and after all have ended', () => {
  const timeoutFor = createRequestTimeouts(60_000);
  const [first, ended] = [timeoutFor(undefined), timeoutFor(undefined)];
  vi.advanceTimersByTime(20_000);
  const second = timeoutFor(undefined);
  ended.end();
  vi.advanceTimersByTime(40_000);
  expect([first, second, ended].map(({ signal }) => signal.aborted)).toEqual([true, false, false]);
  expect(first.signal.reason).toMatchObject({ name: 'TimeoutError' });
  vi.advanceTimersByTime(19_999);
  expect(second.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(second.signal.aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(0);

  const third = timeoutFor(undefined);
  vi.advanceTimersByTime(60_000);
  expect(third.signal.aborted).toBe(true);
});

test('a request ends with its caller, for the reason that this has, and no more once it has ended', () => {
  const timeoutFor = createRequestTimeouts(60_000);
  const caller = new AbortController();
  const [running, over] = [timeoutFor(caller.signal), timeoutFor(caller.signal)];
  over.end();
  const reason = new Error('enough');
  caller.abort(reason);
  expect(running.signal.reason).toBe(reason);
  expect(over.signal.aborted).toBe(false);
  expect(timeoutFor(caller.signal).signal.reason).toBe(reason);
});

test('what waits for its turn is not given up, its caller ends it all the same, and its time begins when it is sent', () => {
  const timeoutFor = createRequestTimeouts(60_000);
  const caller = new AbortController();
  const [sent, ended] = [timeoutFor(undefined), timeoutFor(caller.signal)];
  sent.hold();
  ended.hold();
  vi.advanceTimersByTime(90_000);
  sent.restart();
  caller.abort();
  vi.advanceTimersByTime(59_999);
  expect([sent.signal.aborted, ended.signal.aborted]).toEqual([false, true]);
  vi.advanceTimersByTime(1);
  expect(sent.signal.reason).toMatchObject({ name: 'TimeoutError' });
});
