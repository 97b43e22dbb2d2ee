import { afterEach, expect, test } from 'vitest';
import { parseFilter } from './parse-filter';
import type { Query } from './protocol';
import { openSearch } from './search';
import type { Row } from './search-answer';

const row = (id: string, text: string, change: Partial<Row['message']> = {}): Row => ({
  id,
  size: text.length,
  message: { text, insertedAt: new Date(0), expiresAt: null, dequeueCount: 0, ...change },
  lease: undefined,
});
const search = openSearch({ silenceLimitMs: 400 });
afterEach(() => search.close());

const ask = (rows: Row[], filter: string, query: Partial<Query> = {}, signal = new AbortController().signal) =>
  search.ask(rows, { terms: parseFilter(filter).terms, expressions: [], ...query }, { signal, now: 0 });
const ids = async (...args: Parameters<typeof ask>) => (await ask(...args)).rows.map(({ id }) => id);

test('finds, follows what comes, changes and goes, and keeps the order of the rows', async () => {
  const [a, b] = [row('a', 'gold'), row('b', btoa('gold rings'))];
  expect(await ids([a, b], 'gold')).toEqual(['a', 'b']);
  expect(await ids([b, a, row('c', 'old gold')], 'gold')).toEqual(['b', 'a', 'c']);
  expect(await ids([row('a', 'silver'), b], 'gold')).toEqual(['b']);
  expect(await ids([row('b', 'gold', { dequeueCount: 7 })], 'gold deq:>5')).toEqual(['b']);
});

test('an aborted query is dropped', async () => {
  const control = new AbortController();
  const first = ask([row('a', 'x')], 'x', {}, control.signal);
  control.abort(new Error('not wanted'));
  await expect(first).rejects.toThrow('not wanted');
  expect(await ids([row('a', 'x')], 'x')).toEqual(['a']);
});

test('an endless expression is stopped and reported, and the remaining query is answered', async () => {
  const endless = '($f := function($n) { $f($n + 1) }; $f(1))';
  const rows = [row('a', '{"n":1}'), row('b', '{"n":2}')];
  const answer = await ask(rows, '', { expressions: [endless, 'n = 2'] });
  expect(answer.rows.map(({ id }) => id)).toEqual(['b']);
  expect(answer.troubles).toMatchObject([{ expression: endless, id: 'a', isStopped: true }]);
  expect(answer.troubles[0]?.message).toBe('Stopped: no result for 0.4 s');
}, 15_000);

test('an endless expression that is removed does not block the next query', async () => {
  const control = new AbortController();
  const rows = [row('a', '{"n":1}')];
  const endless = ask(rows, '', { expressions: ['($f := function($n) { $f($n + 1) }; $f(1))'] }, control.signal);
  setTimeout(() => control.abort(new Error('not wanted')), 200);
  await expect(endless).rejects.toThrow('not wanted');
  expect(await ids(rows, '')).toEqual(['a']);
}, 15_000);
