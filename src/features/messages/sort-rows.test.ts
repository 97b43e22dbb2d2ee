import { expect, test } from 'vitest';
import type { Message } from '@/azure/account';
import type { Lease } from '@/state/leases';
import { lease, message, now } from './a-message.fixture';
import { messageRows } from './message-rows';
import { sortRows } from './sort-rows';

const rows = (peeked: Message[], leases: Lease[] = []) =>
  messageRows({ peeked, peekedAt: now, leases, pendingDeletes: [] });
const order = (list: ReturnType<typeof rows>, id: string, descending: boolean) =>
  sortRows(list, { id, descending })
    .map((row) => row.id)
    .join(' ');

test('sorting keeps leased rows on top in both directions', () => {
  const list = rows(
    [message('a', { dequeueCount: 2 }), message('b', { dequeueCount: 7 }), message('c')],
    [lease('mine', { dequeueCount: 1 })],
  );
  expect(order(list, 'dequeues', true)).toBe('mine b a c');
  expect(order(list, 'dequeues', false)).toBe('mine c a b');
  expect(order(list, 'id', true)).toBe('mine c b a');
  expect(order(list, 'id', false)).toBe('mine a b c');
});

test('messages that never expire sort after those that do in both directions, and keep their order', () => {
  const list = rows([message('x'), message('y'), message('soon', { expiresAt: new Date(now) })]);
  expect(order(list, 'expires', false)).toBe('soon x y');
  expect(order(list, 'expires', true)).toBe('soon x y');
});

test('sorting by position backwards turns the queue around', () => {
  expect(order(rows([message('a'), message('b'), message('c')]), 'position', true)).toBe('c b a');
});

test('sorting by lease puts what ends first on top', () => {
  const list = rows([message('a')], [lease('late', { endsAt: new Date(now + 60_000) }), lease('early')]);
  expect(order(list, 'lease', false)).toBe('early late a');
  expect(order(list, 'lease', true)).toBe('late early a');
});

test('sorting by format goes by its name', () => {
  const list = rows([message('t'), message('j', { text: '{}' }), message('x', { text: '<a/>' })]);
  expect(order(list, 'format', false)).toBe('j t x');
});

test('without a sort the rows keep the order of the queue', () => {
  const list = rows([message('b'), message('a')]);
  expect(sortRows(list, undefined)).toBe(list);
});
