import { afterEach, expect, test, vi } from 'vitest';
import type { Lease } from './leases';
import {
  canUndo,
  flushDeletes,
  holdDelete,
  lastPendingDelete,
  sendDelete,
  UNDO_NEEDS,
  undoDelete,
} from './pending-deletes';

const now = Date.parse('2026-11-17T09:41:00Z');
const lease = (id: string, left = 30_000) =>
  ({ id, connectionId: 'harborlane@local', queue: 'orders', endsAt: new Date(now + left) }) as Lease;

afterEach(() => flushDeletes());

test('undo is offered only while every lease runs longer than the window and the request need', () => {
  expect(canUndo([lease('a', UNDO_NEEDS + 1)], now)).toBe(true);
  expect(canUndo([lease('a', UNDO_NEEDS)], now)).toBe(false);
  expect(canUndo([lease('a', 60_000), lease('b', 1000)], now)).toBe(false);
});

test('an undone delete is never sent', async () => {
  const send = vi.fn<() => Promise<void>>(async () => {});
  const id = holdDelete([lease('a')], send);
  expect(undoDelete(id)).toBe(true);
  await sendDelete(id);
  await flushDeletes();
  expect(send).not.toHaveBeenCalled();
});

test('a delete is sent once, however often it is asked for', async () => {
  const send = vi.fn<() => Promise<void>>(async () => {});
  const id = holdDelete([lease('a')], send);
  await Promise.all([sendDelete(id), sendDelete(id), flushDeletes()]);
  expect(send).toHaveBeenCalledOnce();
});

test('once the request is on its way there is no undo', async () => {
  const id = holdDelete([lease('a')], async () => {});
  const sent = sendDelete(id);
  expect(undoDelete(id)).toBe(false);
  expect(lastPendingDelete()).toBeUndefined();
  await sent;
});

test('leaving sends every delete that waits', async () => {
  const sends = [vi.fn<() => Promise<void>>(async () => {}), vi.fn<() => Promise<void>>(async () => {})];
  for (const [index, send] of sends.entries()) holdDelete([lease(String(index))], send);
  await flushDeletes();
  for (const send of sends) expect(send).toHaveBeenCalledOnce();
});

test('the newest delete is the one undo means', () => {
  holdDelete([lease('a')], async () => {});
  const newest = holdDelete([lease('b')], async () => {});
  expect(lastPendingDelete()).toBe(newest);
});
