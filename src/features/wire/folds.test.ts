import { expect, test } from 'vitest';
import type { LoggedExchange } from '@/state/activity/request-log';
import { anExchange } from './an-exchange.fixture';
import { folded, stretchesOf } from './folds';

const NONE: ReadonlySet<string> = new Set();
const logged = (change: Partial<LoggedExchange> = {}): LoggedExchange => ({
  ...anExchange(change),
  connectionId: 'harborlane',
  ...change,
});
const poll = (change: Partial<LoggedExchange> = {}) =>
  logged({
    operation: 'Get Queue Metadata',
    url: 'https://h.queue.core.windows.net/orders?comp=metadata',
    isRefresh: true,
    ...change,
  });
const peek = () => logged({ operation: 'Peek Messages', isRefresh: true });
const write = () => logged({ operation: 'Delete Message', method: 'DELETE' });
const many = <One>(count: number, one: () => One) => Array.from({ length: count }, one);

const rowsOf = (log: readonly LoggedExchange[], open = NONE, shown?: string) =>
  folded(log, stretchesOf(log, new Map()), open, shown);
const words = (log: readonly LoggedExchange[]) =>
  rowsOf(log).map(({ exchange, fold }) => `${exchange.operation}${fold ? ` ×${fold.count}` : ''}`);

test('reads that repeat are one row, also when they alternate, and not beyond a write', () => {
  const log = [...many(3, () => [poll(), peek()]).flat(), write(), ...many(4, poll)];
  expect(words(log)).toEqual(['Get Queue Metadata ×3', 'Peek Messages ×3', 'Delete Message', 'Get Queue Metadata ×4']);
});

test('two of a kind, writes and receives stand for themselves', () => {
  expect(words([poll(), poll()])).toHaveLength(2);
  expect(words(many(4, write))).toHaveLength(4);
  expect(words(many(4, () => logged()))).toHaveLength(4);
});

test('another outcome, another connection and what a person asked for are rows of their own', () => {
  const failed = () => poll({ failure: { code: 'ServerBusy', message: '' } });
  const other = () => poll({ connectionId: 'other' });
  const asked = () => poll({ isRefresh: false });
  expect(rowsOf([failed, other, asked, poll].flatMap((one) => many(3, one)))).toHaveLength(4);
});

test('a running request joins its fold', () => {
  const { response: _response, duration: _duration, ...running } = poll();
  expect(rowsOf([running, ...many(3, poll)]).map(({ fold }) => fold?.count)).toEqual([4]);
});

test('an open fold has its requests beneath it; a closed one that whose details are open', () => {
  const log = [peek(), ...many(3, poll)];
  const [, head] = rowsOf(log);
  const ids = log.slice(1).map(({ id }) => id);
  expect(rowsOf(log, new Set([head?.id ?? ''])).map(({ id }) => id)).toEqual([log[0]?.id, head?.id, ...ids]);
  expect(rowsOf(log, NONE, ids[1]).map(({ id, within }) => [id, within])).toEqual([
    [log[0]?.id, undefined],
    [head?.id, undefined],
    [ids[1], head?.id],
  ]);
});

test('a fold is the same while requests come, and once the write before it has left the log', () => {
  const log = [...many(4, poll), write()];
  const before = stretchesOf(log, new Map());
  const id = folded(log, before, NONE, undefined)[0]?.id;
  const grown = [poll(), ...log];
  const between = stretchesOf(grown, before);
  expect(folded(grown, between, NONE, undefined)[0]?.id).toBe(id);
  const cut = [poll(), ...grown.slice(0, 3)];
  expect(folded(cut, stretchesOf(cut, between), NONE, undefined)[0]?.id).toBe(id);
});

test('its name holds no space, since others name rows by it', () => {
  expect(rowsOf(many(3, () => poll({ connectionId: 'a b' })))[0]?.id).not.toMatch(/\s/);
});
