import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdReceipts } from './kept-receipts';
import { receiptEntries } from './receipt-storage';
import { cutOffReceives, noteReceive } from './receives-under-way';

// With the browser's own session storage, and its own idea of how much fits in there.

const PLACE = { connectionId: 'someaccount@localhost', queue: 'orders' };
const leases = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    ...PLACE,
    id: `3f2504e0-4f89-41d3-9a0c-${String(from + index).padStart(12, '0')}`,
    receipt: 'AgAAAAMAAAAAAAAA3t0TjCFp2gE=',
    endsAt: Date.now() + 300_000,
  }));
const held = (count: number, from = 0) =>
  leases(count, from).map(({ id, receipt, endsAt }) => ({ id, receipt, endsAt: new Date(endsAt) }));

const written = () =>
  Object.entries(sessionStorage)
    .filter(([key]) => key.startsWith('queuescope.receipts.'))
    .flatMap(([, value]) => (JSON.parse(value as string) as { places: [string, string, unknown[]][] }).places)
    .reduce((sum, [, , own]) => sum + own.length, 0);

beforeEach(() => sessionStorage.clear());
afterEach(() => sessionStorage.clear());

test('what no longer fits into the storage is counted, and what came before stays', () => {
  const entries = receiptEntries('test');
  for (let from = 0; from < 80_000; from += 2000) entries.append(leases(2000, from));
  expect(entries.unkept()).toBeGreaterThan(0);
  expect(entries.written()).toBeGreaterThan(40_000);
  expect(entries.written() + entries.unkept()).toBe(80_000);
  expect(written()).toBe(entries.written());
  entries.clear();
  expect(entries.unkept()).toBe(0);
  expect(written()).toBe(0);
});

test('a move of many holds few: receipts that are void make room', () => {
  const now = held(32);
  const hold = holdReceipts(PLACE, () => now);
  for (let from = 0; from < 20_000; from += 32) hold.add(held(32, from));
  expect(written()).toBeLessThan(5000);
  hold.end();
  expect(written()).toBe(0);
});

test('a receive that ends is no longer written, and one of an earlier page stays until it is over', () => {
  const ended = noteReceive({ ...PLACE, messages: 32, until: Date.now() + 60_000 });
  const [key = ''] = Object.keys(sessionStorage).filter((one) => one.startsWith('queuescope.receives.'));
  expect(cutOffReceives()).toEqual([]);
  // As the page before this one wrote it.
  sessionStorage.setItem('queuescope.receives.before.1', sessionStorage.getItem(key) ?? '');
  ended();
  const [found, ...others] = cutOffReceives();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ ...PLACE, messages: 32 });
  found?.forget();
  expect(cutOffReceives()).toEqual([]);
});
