import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { insist, whenInsisting } from './insist';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what works behind the screen is asked for until it is there, and told once', async () => {
  const told = vi.fn<(cause: unknown) => void>();
  whenInsisting(told);
  let tries = 0;
  const loading = insist(async () => {
    tries += 1;
    if (tries < 4) throw new Error(`try ${tries}`);
    return 'here';
  });
  await vi.advanceTimersByTimeAsync(2000 + 5000 + 15_000);
  expect(await loading).toBe('here');
  expect(told.mock.calls).toEqual([[new Error('try 1')]]);
});

test('it is asked for at once when a network is back', async () => {
  const browser = new EventTarget();
  vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
  vi.stubGlobal('removeEventListener', browser.removeEventListener.bind(browser));
  whenInsisting(() => {});
  let isOnline = false;
  const loading = insist(() => (isOnline ? Promise.resolve('here') : Promise.reject(new Error('no network'))));
  await vi.advanceTimersByTimeAsync(0);
  isOnline = true;
  browser.dispatchEvent(new Event('online'));
  expect(await loading).toBe('here');
});

test('parts that are missing at the same time are told once', async () => {
  const told = vi.fn<(cause: unknown) => void>();
  whenInsisting(told);
  let isDown = true;
  const load = () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve('here'));
  const loading = [insist(load), insist(load)];
  await vi.advanceTimersByTimeAsync(2000);
  isDown = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect(await Promise.all(loading)).toEqual(['here', 'here']);
  expect(told).toHaveBeenCalledOnce();
  isDown = true;
  const later = insist(load);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toHaveBeenCalledTimes(2);
  isDown = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(await later).toBe('here');
});
