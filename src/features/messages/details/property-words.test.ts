import { expect, test } from 'vitest';
import { lease, message, row } from '@/actions/message.fixture';
import type { MessageRow } from '@/messages/message-rows';
import { dateTime, duration } from '@/words/times';
import { whoHas } from '../leases/lease-strip';
import { dequeueText, noReceiptText, propertiesAsJson } from './property-text';

const words = (dequeueCount: number, change: Partial<MessageRow> = {}) =>
  dequeueText(row('a', { message: message('a', { dequeueCount }), ...change }), 5);

test('a dequeue count says what the next receive makes of it, and what it is when that is too much', () => {
  expect(words(0)).toBe('a receive makes it 1');
  expect(words(4, { lease: lease('a') })).toBe('the next receive makes it 5');
  expect(words(5)).toBe('reaches the poison threshold of 5');
  expect(words(6)).toBe('is over the poison threshold of 5');
});

test('a receipt that is not known says why', () => {
  expect(noReceiptText({ because: 'hiddenReceipt' })).toMatch(/CORS/);
  expect(noReceiptText({ because: 'lostAnswer' })).toMatch(/the answer with it was lost/);
});

const copied = (change: Partial<MessageRow>) => JSON.parse(propertiesAsJson(row('a', change)));

test('copied properties have a receipt only when it works', () => {
  expect(copied({})).toEqual({
    messageId: 'a',
    insertionTime: '2026-11-17T09:40:00.000Z',
    expirationTime: 'never',
    dequeueCount: 0,
    sizeInBytes: 9,
  });
  expect(copied({ lease: lease('a') })).toMatchObject({ popReceipt: 'r', timeNextVisible: '2026-11-17T09:41:30.000Z' });
  expect(copied({ lease: lease('a', { state: 'unknown' }) })).not.toHaveProperty('popReceipt');
});

test('of a message that cannot be read, what is not known is none', () => {
  const nothing = new Date(Number.NaN);
  const known = message('a', { insertedAt: nothing, expiresAt: nothing, dequeueCount: Number.NaN });
  const unreadable = { reason: 'Its tags do not fit together.', xml: '<QueueMessage>' };
  expect(copied({ message: { ...known, unreadable } })).toEqual({
    messageId: 'a',
    insertionTime: null,
    expirationTime: null,
    dequeueCount: null,
    sizeInBytes: 9,
    unreadable: unreadable.reason,
  });
  expect(words(Number.NaN)).toBe('the answer has no number that can be read');
  expect(duration(Number.NaN)).toBe('unknown');
  expect(dateTime(nothing)).toBe('unknown');
});

test('above the actions it is said who has the message', () => {
  const facts = { isSearching: false, hiddenUntil: undefined };
  const claimed = row('a', { lease: lease('a'), claim: { kind: 'job', name: 'Move' } });
  expect(whoHas(row('a'), facts)).toBe('nobody');
  expect(whoHas(row('a'), { ...facts, hiddenUntil: 1 })).toBe('hidden');
  expect(whoHas(row('a', { lease: lease('a') }), { ...facts, hiddenUntil: 1 })).toBe('person');
  expect(whoHas(row('a', { lease: lease('a', { state: 'unknown' }) }), facts)).toBe('unknown');
  expect(whoHas(claimed, facts)).toBe('other');
  expect(whoHas(row('a', { elsewhere: 1 }), facts)).toBe('other');
  // The search that this strip began has the message itself.
  expect(whoHas(row('a', { claim: { kind: 'job', name: 'A search' } }), { ...facts, isSearching: true })).toBe(
    'nobody',
  );
});
