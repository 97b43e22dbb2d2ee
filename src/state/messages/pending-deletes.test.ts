import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { dropConnectionLeases } from '../leases/leases';
import { receiveNow } from './lease.fixture';
import { flushDeletes, scheduleDelete, undoDelete } from './pending-deletes';
import { recordsOf } from './records';

const orders = { connectionId: 'harborlane@local', queue: 'orders' };
// Only its records are asked for anything.
const place = (queue = 'orders') => ({ queue, records: recordsOf(orders.connectionId, queue) }) as QueueTarget;
const claimOf = (id: string) => place().records.get(id)?.claim?.kind;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-17T09:41:00Z') });
  for (const id of ['a', 'b', 'c']) receiveNow(orders, id, 300);
});
afterEach(async () => {
  await flushDeletes();
  dropConnectionLeases(orders.connectionId);
  vi.useRealTimers();
});

const sender = () => vi.fn<(target: QueueTarget, ids: readonly string[]) => Promise<void>>(async () => {});

test('each delete is sent by the function it was scheduled with, after five seconds', async () => {
  const [first, second] = [sender(), sender()];
  scheduleDelete(place(), ['a'], first);
  vi.advanceTimersByTime(3000);
  scheduleDelete(place(), ['b'], second);
  vi.advanceTimersByTime(1999);
  expect(first).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(first).toHaveBeenCalledWith(expect.anything(), ['a']);
  expect(second).not.toHaveBeenCalled();
  expect(claimOf('b')).toBe('delete');
  vi.advanceTimersByTime(3000);
  expect(second).toHaveBeenCalledWith(expect.anything(), ['b']);
});

test('Undo takes back the newest delete, which is never sent', async () => {
  const [first, second] = [sender(), sender()];
  scheduleDelete(place(), ['a'], first);
  scheduleDelete(place(), ['b'], second);
  expect(undoDelete()).toBe(true);
  expect([claimOf('a'), claimOf('b')]).toEqual(['delete', undefined]);
  vi.advanceTimersByTime(10_000);
  expect(first).toHaveBeenCalledOnce();
  expect(second).not.toHaveBeenCalled();
  expect(undoDelete()).toBe(false);
});

test('an older delete can be undone by its number, and no other with it', () => {
  const [first, second] = [sender(), sender()];
  const one = scheduleDelete(place(), ['a'], first);
  scheduleDelete(place(), ['b'], second);
  expect(undoDelete(one?.number)).toBe(true);
  expect([claimOf('a'), claimOf('b')]).toEqual([undefined, 'delete']);
  vi.advanceTimersByTime(10_000);
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledOnce();
  expect(undoDelete(one?.number)).toBe(false);
});

test('leaving sends every delete that waits, once; clearing a queue sends those of that queue', async () => {
  const [here, there] = [sender(), sender()];
  receiveNow({ ...orders, queue: 'invoices' }, 'x', 300);
  scheduleDelete(place(), ['a'], here);
  scheduleDelete(place('invoices'), ['x'], there);
  await flushDeletes(place().records);
  expect(here).toHaveBeenCalledOnce();
  expect(there).not.toHaveBeenCalled();
  await flushDeletes();
  vi.advanceTimersByTime(10_000);
  expect([here, there].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test('no delete waits whose lease ends too soon, or whose message is claimed', () => {
  receiveNow(orders, 'short', 8);
  expect(scheduleDelete(place(), ['a', 'short'], sender())).toBeUndefined();
  expect(claimOf('a')).toBeUndefined();
  scheduleDelete(place(), ['a'], sender());
  expect(scheduleDelete(place(), ['a'], sender())).toBeUndefined();
});
