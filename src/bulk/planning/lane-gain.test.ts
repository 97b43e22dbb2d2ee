import { expect, test } from 'vitest';
import { planOfItems } from './forecast';
import { laneGain } from './lane-gain';
import type { Steps } from './steps';

const plan = (steps: Steps, messages: number, concurrency: number, roundTrip: number | undefined) => ({
  ...planOfItems(steps, messages, { concurrency }),
  roundTrip,
});
const sending = (messages: number, concurrency: number, roundTrip: number | undefined) =>
  plan(['send'], messages, concurrency, roundTrip);

test('six at a time against 128, and no faster than the lane is', () => {
  // 30 a second, and 640 in three rounds that 128 at a time leave of a thousand.
  expect(laneGain(sending(640, 8, 200), true)).toBeCloseTo(107 / 5, 1);
  // 120 a second against 1,000.
  expect(laneGain(sending(10_000, 8, 50), true)).toBeCloseTo(8.3, 1);
  // Six at a time are 600 a second at 10 ms.
  expect(laneGain(sending(1000, 8, 10), true)).toBeUndefined();
});

test('what is asked about each message costs the page a preflight as well, where there are any', () => {
  const deleting = plan(['delete'], 10_000, 8, 50);
  expect(laneGain(deleting, false)).toBeCloseTo(8.3, 1);
  expect(laneGain(deleting, true)).toBeCloseTo(16.7, 1);
  expect(laneGain(plan(['send', 'delete'], 10_000, 8, 50), true)).toBeCloseTo(12.5, 1);
});

test('what goes one by one, few requests and an unknown round trip are no reason to tell of it', () => {
  expect(laneGain(sending(1000, 1, 100), true)).toBeUndefined();
  expect(laneGain(sending(100, 8, 100), true)).toBeUndefined();
  expect(laneGain(sending(1000, 8, undefined), true)).toBeUndefined();
});
