import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { StoredLease } from '@/messages/stored-leases';
import { loadConnections } from '../connections/connections';
import { receiveNow } from '../messages/lease.fixture';
import { recordsOf } from '../messages/records';
import { addSandbox, SANDBOX_ID } from '../sandbox/sandbox';
import { abandonLeases, persistLeases } from './lease-persistence';
import { dropConnectionLeases } from './leases';
import { appendLeases, replaceLeases, takeLeases, unsavedReceipts, writtenRows } from './receipt-session-storage';
import { cutOffReceives, restoredLeases } from './restored-leases';
import { noteReceive } from './running-receives';

// With the browser's own session storage, and its own idea of how much fits in there.

const PLACE = { connectionId: SANDBOX_ID, queue: 'orders' };
const leases = (count: number, from = 0): StoredLease[] =>
  Array.from({ length: count }, (_, index) => ({
    ...PLACE,
    id: `3f2504e0-4f89-41d3-9a0c-${String(from + index).padStart(12, '0')}`,
    receipt: 'AgAAAAMAAAAAAAAA3t0TjCFp2gE=',
    endsAt: Date.now() + 300_000,
  }));
const stored = () => [...takeLeases().values()].flat();
const queue = () => recordsOf(PLACE.connectionId, PLACE.queue);

let writtenAtStart: number;
beforeAll(() => {
  receiveNow(PLACE, 'early', 300);
  persistLeases();
  writtenAtStart = writtenRows();
});
beforeEach(async () => {
  dropConnectionLeases(SANDBOX_ID);
  replaceLeases([]);
  await loadConnections();
  await addSandbox();
});
afterEach(() => {
  dropConnectionLeases(SANDBOX_ID);
  replaceLeases([]);
});

test('leases from before the start of persistence are written too', () => {
  expect(writtenAtStart).toBe(1);
});

test('what no longer fits into the storage is counted, and what came before stays', () => {
  for (let from = 0; from < 80_000; from += 2000) appendLeases(leases(2000, from));
  expect(unsavedReceipts.getState().count).toBeGreaterThan(0);
  expect(writtenRows()).toBeGreaterThan(40_000);
  expect(writtenRows() + unsavedReceipts.getState().count).toBe(80_000);
  const kept = stored();
  expect(kept).toHaveLength(writtenRows());
  replaceLeases([]);
  expect(unsavedReceipts.getState().count).toBe(0);
});

test('later rows replace earlier ones, and an ended lease is not restored', () => {
  const [first, second] = leases(2);
  appendLeases(leases(2));
  appendLeases([{ ...(first as StoredLease), receipt: 'newer', endsAt: 5 }]);
  appendLeases([{ ...(second as StoredLease), receipt: '' }]);
  expect(stored()).toEqual([{ ...first, receipt: 'newer', endsAt: 5 }]);
});

test('the uncertainty of a lease is stored with it, and restored', () => {
  const [first, second] = leases(2) as [StoredLease, StoredLease];
  const uncertain: StoredLease[] = [{ ...first, doubt: 'lostAnswer' }, second];
  appendLeases(uncertain);
  expect(stored()).toEqual(uncertain);
});

test('rows of another version or of unknown origin are skipped, and the others are read', () => {
  appendLeases(leases(1));
  sessionStorage.setItem('queuescope.receipts.7', '{"places":[["a","b",[["id",5,"x"],["id","r",9]]]]}');
  sessionStorage.setItem('queuescope.receipts.8', 'not even JSON');
  sessionStorage.setItem('queuescope.receipts.resting.9', '{"tab":"x","places":[["a","b",[["old","r",9]]]]}');
  const kept = [...takeLeases()];
  expect(kept.flatMap(([tab, own]) => own.map(({ id }) => [tab, id]))).toEqual([
    [expect.anything(), leases(1)[0]?.id],
    [undefined, 'id'],
    ['x', 'old'],
  ]);
});

test('a lease is written before anybody can work with it, and with its message gone it is written no more', async () => {
  receiveNow(PLACE, 'a', 300);
  expect(writtenRows()).toBe(1);
  const evidence = queue().answeredNow(queue().tick(), Date.now(), undefined);
  queue().applyTo('a', { kind: 'deleted', evidence });
  await vi.waitFor(() => expect(stored()).toEqual([]), { timeout: 5000 });
});

test('a move of many messages stores few receipts: void ones are removed', async () => {
  for (let from = 0; from < 20_000; from += 32) {
    const ids = Array.from({ length: 32 }, (_, index) => String(from + index));
    for (const id of ids) receiveNow(PLACE, id, 300);
    const evidence = queue().answeredNow(queue().tick(), Date.now(), undefined);
    queue().apply(ids.map((id) => [id, { kind: 'deleted', evidence }] as const));
    // The page writes now and then.
    if (from % 3200 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  await vi.waitFor(() => expect(writtenRows()).toBeLessThan(10_000), { timeout: 5000 });
});

test('a message left to its lease is not offered again', () => {
  receiveNow(PLACE, 'a', 300);
  queue().applyTo('a', { kind: 'handed', holder: 'left' });
  expect(restoredLeases().map(({ id }) => id)).toEqual(['a']);
  abandonLeases(restoredLeases());
  expect(restoredLeases()).toEqual([]);
  expect(queue().get('a')?.standing.is).toBe('hidden');
});

test('a receive that ends is no longer written, and one of an earlier page stays until it is over', () => {
  const ended = noteReceive({ ...PLACE, messages: 32, until: Date.now() + 60_000 });
  const key = Object.keys(sessionStorage).find((one) => one.startsWith('queuescope.receives.')) ?? '';
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
