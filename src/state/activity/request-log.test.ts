import { afterEach, expect, test } from 'vitest';
import type { Exchange } from '@/azure/protocol/exchange';
import {
  clearExchanges,
  loggedExchanges,
  MOST_CHARACTERS,
  MOST_EXCHANGES,
  pauseLog,
  recordExchange,
} from './request-log';

const start = (id: string): Exchange => ({
  id,
  callId: `call-${id}`,
  attempt: 1,
  operation: 'Peek Messages',
  method: 'GET',
  url: 'http://127.0.0.1:10001/devstoreaccount1/orders/messages?peekonly=true',
  startedAt: new Date('2026-11-17T09:41:22Z'),
  request: { headers: [] },
});
const end = (id: string, body = ''): Exchange => ({
  ...start(id),
  duration: 52,
  response: { status: 200, statusText: 'OK', headers: [], body },
});

afterEach(() => {
  clearExchanges();
  pauseLog(false);
});

test('lists the newest exchange first, with the connection it belongs to', () => {
  recordExchange('devstore')(start('1'));
  recordExchange('harborlane')(start('2'));
  expect(loggedExchanges().map(({ id, connectionId }) => [id, connectionId])).toEqual([
    ['2', 'harborlane'],
    ['1', 'devstore'],
  ]);
});

test('an end takes the place of its start', () => {
  const observe = recordExchange('devstore');
  observe(start('1'));
  observe(start('2'));
  observe(end('1'));
  expect(loggedExchanges().map(({ id, duration }) => [id, duration])).toEqual([
    ['2', undefined],
    ['1', 52],
  ]);
});

test('keeps the newest 500', () => {
  const observe = recordExchange('devstore');
  for (let index = 0; index <= MOST_EXCHANGES; index++) observe(start(`${index}`));
  expect(loggedExchanges()).toHaveLength(MOST_EXCHANGES);
  expect(loggedExchanges()[0]?.id).toBe('500');
  expect(loggedExchanges().at(-1)?.id).toBe('1');
});

test('lets old exchanges go when their bodies grow too large, but never the newest', () => {
  const observe = recordExchange('devstore');
  observe(end('old', 'x'.repeat(MOST_CHARACTERS / 2)));
  observe(end('middle', 'x'.repeat(MOST_CHARACTERS / 2)));
  expect(loggedExchanges()).toHaveLength(2);
  observe(end('huge', 'x'.repeat(MOST_CHARACTERS + 1)));
  expect(loggedExchanges().map(({ id }) => id)).toEqual(['huge']);
});

test('a paused log takes nothing new and still ends what it lists', () => {
  const observe = recordExchange('devstore');
  observe(start('1'));
  pauseLog(true);
  observe(start('2'));
  observe(end('1'));
  expect(loggedExchanges().map(({ id, duration }) => [id, duration])).toEqual([['1', 52]]);
});
