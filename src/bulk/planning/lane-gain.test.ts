import { expect, test } from 'vitest';
import { planOfItems } from './forecast';
import { laneGain } from './lane-gain';

const sending = (messages: number, concurrency: number, roundTrip: number | undefined) => ({
  ...planOfItems(['send'], messages, { concurrency }),
  roundTrip,
});

test('at 100 ms a thousand messages go eight times as fast, at the most that the lane does', () => {
  expect(laneGain(sending(1000, 8, 100))).toBeCloseTo(8.35, 1);
});

test('it is no faster than the lane is', () => {
  // Six at a time are 600 a second at 10 ms.
  expect(laneGain(sending(1000, 8, 10))).toBeUndefined();
  expect(laneGain(sending(10_000, 8, 30))).toBeCloseTo(2.5, 0);
});

test('what goes one by one, few requests and an unknown round trip are no reason to tell of it', () => {
  expect(laneGain(sending(1000, 1, 100))).toBeUndefined();
  expect(laneGain(sending(100, 8, 100))).toBeUndefined();
  expect(laneGain(sending(1000, 8, undefined))).toBeUndefined();
});
