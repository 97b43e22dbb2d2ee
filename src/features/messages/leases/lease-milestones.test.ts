import { expect, test } from 'vitest';
import { lease as leaseOf } from '@/actions/message.fixture';
import type { Lease } from '@/state/leases/leases';
import { leaseName, leaseNews, onePerQueue } from './lease-milestones';

const end = Date.parse('2026-11-17T09:41:52Z');
const lease = (total: number) => ({ id: 'a', total, endsAt: new Date(end) }) as Lease;
const kinds = (total: number, from: number, to: number) =>
  Object.entries(leaseNews([lease(total)], end - from * 1000, end - to * 1000))
    .filter(([, leases]) => leases.length > 0)
    .map(([kind]) => kind);

test('each mark is told when it is passed and not again', () => {
  expect(kinds(300, 31, 30)).toEqual(['thirty']);
  expect(kinds(300, 30, 29)).toEqual([]);
  expect(kinds(300, 11, 10)).toEqual(['ten']);
  expect(kinds(300, 10, 9)).toEqual([]);
  expect(kinds(300, 1, 0)).toEqual(['over']);
});

test('a lease no longer than a mark does not pass it', () => {
  expect(kinds(30, 31, 30)).toEqual([]);
  expect(kinds(10, 12, 9)).toEqual([]);
});

test('after a long sleep only the end is told', () => {
  expect(kinds(300, 120, -60)).toEqual(['over']);
});

test('one lease is called by its message, several by their number', () => {
  expect(leaseName([{ id: '0f8fad5b-d9cb' }])).toBe('Lease on 0f8fad5b');
  expect(leaseName([{ id: 'a' }, { id: 'b' }])).toBe('Leases on 2 messages');
});

test('each queue is looked at once where leases ended, queues of one name in two connections apart', () => {
  const leases = [
    leaseOf('a'),
    leaseOf('b'),
    leaseOf('c', { queue: 'invoices' }),
    leaseOf('d', { connectionId: 'other@local' }),
  ];
  expect(onePerQueue(leases).map(({ connectionId, queue }) => `${connectionId} ${queue}`)).toEqual([
    'harborlane@local orders',
    'harborlane@local invoices',
    'other@local orders',
  ]);
});
