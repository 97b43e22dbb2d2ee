import { beforeEach, expect, test } from 'vitest';
import { watchIdle } from './idle';

const LIMIT_MS = 300_000;
let now: number;
let told: number[];
let isBusy: boolean;
let look: () => void;
let watch: ReturnType<typeof watchIdle>;
let everyMs: number;

beforeEach(() => {
  now = 0;
  told = [];
  isBusy = false;
  watch = watchIdle({
    limitMs: LIMIT_MS,
    isBusy: () => isBusy,
    onIdle: () => told.push(now),
    now: () => now,
    every: (milliseconds, call) => {
      everyMs = milliseconds;
      look = call;
      return () => {};
    },
  });
});

function pass(milliseconds: number) {
  for (const end = now + milliseconds; now < end; look()) now += everyMs;
}

test('it is told once, when nothing was used for as long as the limit', () => {
  pass(LIMIT_MS - everyMs);
  expect(told).toEqual([]);
  pass(everyMs);
  expect(told).toEqual([LIMIT_MS]);
  pass(3 * LIMIT_MS);
  expect(told).toHaveLength(1);
});

test('every input starts the time anew, and after it was told', () => {
  pass(LIMIT_MS - everyMs);
  watch.used();
  pass(LIMIT_MS - everyMs);
  expect(told).toEqual([]);
  pass(everyMs);
  expect(told).toHaveLength(1);
  watch.used();
  pass(LIMIT_MS);
  expect(told).toHaveLength(2);
});

test('work counts as use, and the time begins when it ends', () => {
  isBusy = true;
  pass(5 * LIMIT_MS);
  isBusy = false;
  pass(LIMIT_MS - everyMs);
  expect(told).toEqual([]);
  pass(everyMs);
  expect(told).toHaveLength(1);
});

test('the first input after the machine slept for longer than the limit comes too late', () => {
  // No timer ran meanwhile.
  now += 10 * LIMIT_MS;
  watch.used();
  expect(told).toEqual([10 * LIMIT_MS]);
});
