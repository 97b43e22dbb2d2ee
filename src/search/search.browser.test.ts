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

test('an endless expression ends by counted work; its rows are not judged, and the remaining query is answered', async () => {
  const endless = '($f := function($n) { $f($n + 1) }; $f(1))';
  const rows = [row('a', '{"n":1}'), row('b', '{"n":2}')];
  const patient = openSearch();
  const query = { terms: [], expressions: [endless, 'n = 2'] };
  const answer = await patient.ask(rows, query, { signal: new AbortController().signal, now: 0 });
  patient.close();
  expect(answer.rows.map(({ id }) => id)).toEqual(['b']);
  const reason = 'it takes more steps than one message may have';
  expect(answer.notJudged).toEqual([{ expression: endless, reason, id: 'a', count: 2, mayRetry: false }]);
  expect([...answer.unjudged]).toEqual([
    ['a', reason],
    ['b', reason],
  ]);
  expect(answer.troubles).toEqual([]);
});

/** A regular expression that takes 2 to the power of the letters before the last. */
const BACKTRACKS = '$contains(name, /^(a+)+$/)';
const blocking = (id: string) => row(id, `{"name":"${'a'.repeat(40)}!"}`);

test('a message that a regular expression does not get through is not judged, and all others are', async () => {
  const rows = [row('a', '{"name":"aa"}'), blocking('b'), row('c', '{"name":"x"}'), row('d', '{"name":"a"}')];
  const answer = await ask(rows, '', { expressions: [BACKTRACKS] });
  expect(answer.rows.map(({ id }) => id)).toEqual(['a', 'b', 'd']);
  expect(answer.notJudged).toEqual([
    { expression: BACKTRACKS, reason: 'it took too long', id: 'b', count: 1, mayRetry: true },
  ]);
  expect([...answer.unjudged.keys()]).toEqual(['b']);
}, 15_000);

test('an expression that blocks and is removed does not block the next query', async () => {
  const control = new AbortController();
  const rows = [blocking('a')];
  const endless = ask(rows, '', { expressions: [BACKTRACKS] }, control.signal);
  setTimeout(() => control.abort(new Error('not wanted')), 200);
  await expect(endless).rejects.toThrow('not wanted');
  expect(await ids(rows, '')).toEqual(['a']);
}, 15_000);
