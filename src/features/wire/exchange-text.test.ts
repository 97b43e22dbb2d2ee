import { expect, test } from 'vitest';
import type { Exchange } from '@/azure/protocol/exchange';
import {
  isError,
  isWrite,
  matchesText,
  shownDuration,
  shownOperation,
  shownOutcome,
  shownPath,
  shownStatus,
  toneOf,
} from './exchange-text';

const HOST = 'https://harborlane.queue.core.windows.net';
const exchange = (change: Partial<Exchange> = {}): Exchange => ({
  id: '1',
  callId: '1',
  attempt: 1,
  operation: 'Peek Messages',
  method: 'GET',
  url: `${HOST}/orders/messages?numofmessages=32&peekonly=true`,
  startedAt: new Date('2026-11-17T09:41:22Z'),
  request: { headers: [] },
  ...change,
});
const answer = (status: number) => ({ response: { status, statusText: '', headers: [], body: '' } });

test.each([
  [`${HOST}/orders?comp=metadata`, '/orders?comp=metadata'],
  ['http://127.0.0.1:10001/devstoreaccount1/orders?comp=metadata', '/orders?comp=metadata'],
  ['http://localhost:10001/devstoreaccount1/?comp=list', '/?comp=list'],
  ['http://azurite:10001/devstoreaccount1/orders?comp=metadata', '/orders?comp=metadata'],
  ['http://host.docker.internal:8080/devstoreaccount1/orders/messages', '/orders/messages'],
  ['http://emulator.example:10001/devstoreaccount1/orders', '/orders'],
  ['http://[::1]:10001/devstoreaccount1-secondary/orders', '/orders'],
  ['http://devstoreaccount1.queue.localhost:10001/orders', '/orders'],
  ['https://queues.harborlane.example/orders', '/orders'],
  ['http://127.0.0.1:10001/devstoreaccount1?comp=list', '/?comp=list'],
  [
    `${HOST}/orders/messages/91d3a28c-64e0-4f1b-a7c9-35b8f02de471?popreceipt=AgAA%3D`,
    '/orders/messages/91d3a28c…?popreceipt=AgAA%3D',
  ],
])('%s is shown as %s', (url, shown) => {
  expect(shownPath(exchange({ url }))).toBe(shown);
});

test.each([
  ['Peek Messages', 'numofmessages=32&peekonly=true', 'Peek 32'],
  ['Get Messages', 'numofmessages=4&visibilitytimeout=30', 'Receive 4'],
  ['Get Messages', '', 'Receive 1'],
  ['Put Message', '', 'Add message'],
  ['Update Message', 'visibilitytimeout=300', 'Extend lease'],
  ['Update Message', 'visibilitytimeout=0', 'Release lease'],
  ['Clear Messages', '', 'Clear queue'],
  ['Get Queue Metadata', 'comp=metadata', 'Get queue metadata'],
])('%s with %j reads %s', (operation, query, text) => {
  expect(shownOperation(exchange({ operation, url: `${HOST}/orders/messages?${query}` }))).toBe(text);
});

test('an update with text is an edit', () => {
  const edit = exchange({
    operation: 'Update Message',
    url: `${HOST}/orders/messages/1?visibilitytimeout=0`,
    request: { headers: [], body: '<QueueMessage/>' },
  });
  expect(shownOperation(edit)).toBe('Edit message');
});

test('an error shows its code, and which retry follows', () => {
  const busy = exchange({ ...answer(503), failure: { code: 'ServerBusy', message: '' }, willRetry: true });
  expect([shownOutcome(busy), toneOf(busy), isError(busy)]).toEqual(['ServerBusy, retry 1 of 3', 'warn', true]);
  const gone = exchange({ ...answer(404), failure: { code: 'MessageNotFound', message: '' } });
  expect([shownOutcome(gone), toneOf(gone)]).toEqual(['MessageNotFound', 'danger']);
});

test('a failure without an answer shows no status', () => {
  const lost = exchange({ failure: { message: 'Peek Messages got no answer that this page can read.' } });
  expect([shownStatus(lost), shownOutcome(lost)]).toEqual(['none', 'No readable answer']);
});

test('a cancelled exchange is no error', () => {
  const cancelled = exchange({ failure: { message: 'Cancelled' } });
  expect([shownOutcome(cancelled), toneOf(cancelled), isError(cancelled)]).toEqual(['Cancelled', 'neutral', false]);
});

test('a running exchange has a neutral tone', () => {
  expect([toneOf(exchange()), shownStatus(exchange()), shownDuration(undefined)]).toEqual(['neutral', '…', '']);
});

test.each([
  [0.4, '0 ms'],
  [52.4, '52 ms'],
  [1234, '1.2 s'],
])('%d ms is shown as %s', (duration, shown) => {
  expect(shownDuration(duration)).toBe(shown);
});

test('every method but GET is a write', () => {
  expect([isWrite(exchange()), isWrite(exchange({ method: 'DELETE' }))]).toEqual([false, true]);
  // A receive is a GET, and changes the messages it brings.
  expect(isWrite(exchange({ operation: 'Get Messages' }))).toBe(true);
});

test('the filter needs every word, in any case and order', () => {
  const gone = exchange({ ...answer(404), failure: { code: 'QueueNotFound', message: '' } });
  expect(matchesText(gone, 'orders 404')).toBe(true);
  expect(matchesText(gone, 'queuenotfound get')).toBe(true);
  expect(matchesText(gone, 'orders 503')).toBe(false);
});
