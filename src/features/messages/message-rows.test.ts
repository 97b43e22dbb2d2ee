import { expect, test } from 'vitest';
import type { Message } from '@/azure/account';
import { lease, message, now } from './a-message.fixture';
import { filterRows, type Loaded, messageRows, prunedSelection, type RowFilter } from './message-rows';

const rows = (loaded: Partial<Loaded>) =>
  messageRows({ peeked: [], peekedAt: now, leases: [], pendingDeletes: [], ...loaded });
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join(' ');
const everything: RowFilter = { text: '', leased: false, poison: false, expiring: false };
const look = { now, threshold: 5, bodyOf: (one: Message) => one.text };

test('leased messages come first and are not listed twice', () => {
  expect(ids(rows({ peeked: [message('a'), message('b')], leases: [lease('b'), lease('c')] }))).toBe('b c a');
});

test('a message that is being deleted has left', () => {
  expect(ids(rows({ peeked: [message('a')], leases: [lease('b')], pendingDeletes: ['b'] }))).toBe('a');
});

test('a message whose lease has just ended stays until the next peek', () => {
  const ended = lease('a', { state: 'ended', endsAt: new Date(now) });
  expect(ids(rows({ leases: [ended], peekedAt: now - 5000 }))).toBe('a');
  expect(ids(rows({ leases: [ended], peekedAt: now + 5000 }))).toBe('');
  expect(rows({ leases: [ended], peekedAt: now - 5000 })[0]?.lease).toBeUndefined();
});

test('a row knows how many visible messages are ahead of it', () => {
  const list = rows({ peeked: [message('a'), message('b'), message('c')], leases: [lease('a')] });
  expect(list.map(({ ahead }) => ahead)).toEqual([0, 0, 1]);
});

test('size is counted in UTF-8 bytes', () => {
  expect(rows({ peeked: [message('a', { text: '→€' })] })[0]?.size).toBe(6);
});

test('the filter finds ids, raw text and decoded text, in any case', () => {
  const list = rows({
    peeked: [message('0b1f'), message('c47a', { text: 'QUJD' }), message('5e80', { text: 'Paris' })],
  });
  const found = (text: string, bodyOf = look.bodyOf) =>
    ids(filterRows(list, { ...everything, text }, { ...look, bodyOf }));
  expect(found('0B1')).toBe('0b1f');
  expect(found('qujd')).toBe('c47a');
  expect(found('paris')).toBe('5e80');
  expect(found('decoded', (one) => (one.id === 'c47a' ? 'Decoded text' : ''))).toBe('c47a');
});

test('chips keep leased, often dequeued and soon expiring messages, and all must hold', () => {
  const list = rows({
    peeked: [
      message('often', { dequeueCount: 5 }),
      message('soon', { expiresAt: new Date(now + 3_599_000) }),
      message('both', { dequeueCount: 9, expiresAt: new Date(now + 1000) }),
      message('later', { expiresAt: new Date(now + 3_600_000), dequeueCount: 4 }),
    ],
    leases: [lease('mine')],
  });
  const kept = (change: Partial<RowFilter>) => ids(filterRows(list, { ...everything, ...change }, look));
  expect(kept({ leased: true })).toBe('mine');
  expect(kept({ poison: true })).toBe('often both');
  expect(kept({ expiring: true })).toBe('soon both');
  expect(kept({ poison: true, expiring: true })).toBe('both');
});

test('messages that are gone drop out of the selection', () => {
  expect(prunedSelection(new Set(['b', 'gone']), rows({ peeked: [message('a'), message('b')] }))).toEqual(['b']);
});
