import { describe, expect, test } from 'vitest';
import type { Message } from '@/azure/protocol/model';
import type { Candidate } from '@/bulk/leasing/leasing';
import { createMessageIndex } from '@/search/message-index';
import type { Query } from '@/search/protocol';
import type { RowFilter } from '@/search/row-query';
import { createQueryRunner } from '@/search/run-query';
import type { Answer, Row } from '@/search/search-answer';
import { filterJudge } from './filter-judge';

const now = Date.parse('2026-11-17T09:41:00Z');
const NO_FILTER: RowFilter = {
  text: '',
  chips: { leased: false, poison: undefined, expiring: false },
  expressions: [],
  picked: undefined,
  steps: undefined,
  own: [],
};

const candidate = (text: string, of: Partial<Message> = {}, isReceived = true): Candidate => ({
  message: { id: text, text, insertedAt: new Date(now), expiresAt: null, dequeueCount: 1, ...of },
  isReceived,
});

/** A search here in place of the worker's, which stops at messages with "loop" in them. */
function searchHere() {
  const state = { asked: [] as string[][], opened: 0, closed: 0 };
  const open = async () => {
    state.opened++;
    return {
      async ask(rows: readonly Row[], query: Query, options: { now: number }): Promise<Answer<Row>> {
        state.asked.push(rows.map(({ id }) => id));
        const index = createMessageIndex();
        for (const [slot, { id, size, message, lease }] of rows.entries())
          index.put({
            slot,
            id,
            size,
            text: message.text,
            insertedAt: message.insertedAt.getTime(),
            expiresAt: null,
            dequeueCount: message.dequeueCount,
            leaseEnds: lease ? 1 : null,
          });
        const found = await createQueryRunner(index).run(
          query,
          options.now,
          () => true,
          () => {},
        );
        const isStuck = query.expressions.length > 0 && rows.some(({ id }) => id.includes('loop'));
        const idOf = (slot: number) => rows[slot]?.id ?? '';
        return {
          rows: [...(found?.slots ?? [])].flatMap((slot) => rows[slot] ?? []),
          untested: new Map(found?.untested?.map(({ slot, reason }) => [idOf(slot), reason])),
          troubles: isStuck
            ? [{ expression: 'x', message: 'Stopped: no result', isStopped: true }]
            : (found?.problems.map(({ expression, message, count }) => ({ expression, message, count })) ?? []),
        } as unknown as Answer<Row>;
      },
      decodeBy: () => {},
      close: () => void state.closed++,
    };
  };
  return { state, open };
}

function judging(filter: Partial<RowFilter>) {
  const { state, open } = searchHere();
  const judge = filterJudge({ ...NO_FILTER, ...filter }, { now: () => now, open });
  return {
    state,
    judge,
    wanted: async (...candidates: Candidate[]) => {
      const judged = await judge(candidates);
      return [[...judged.wanted], Object.fromEntries(judged.untested)];
    },
  };
}

describe('a message belongs to a scope', () => {
  test('by words, a picked value and an expression, as in the grid', async () => {
    const [euro, eur] = [candidate('{"currency":"EURO","n":1}'), candidate('{"currency":"EUR","n":2}')];
    expect(await judging({ text: 'euro' }).wanted(euro, eur)).toEqual([[euro.message.id], {}]);
    const picked = { column: 'path:currency', key: '"EUR"' };
    expect(await judging({ picked }).wanted(euro, eur)).toEqual([[eur.message.id], {}]);
    expect(await judging({ expressions: ['n > 1'] }).wanted(euro, eur)).toEqual([[eur.message.id], {}]);
  });

  test('by the dequeue count that it had before it was received for the test', async () => {
    const chips = { ...NO_FILTER.chips, poison: 5 };
    const [four, five] = [candidate('four', { dequeueCount: 5 }), candidate('five', { dequeueCount: 6 })];
    const own = candidate('own', { dequeueCount: 5 }, false);
    expect(await judging({ chips }).wanted(four, five, own)).toEqual([['five', 'own'], {}]);
  });

  test('as leased by a person only where it was before', async () => {
    const chips = { ...NO_FILTER.chips, leased: true };
    expect(await judging({ chips }).wanted(candidate('received'), candidate('own', {}, false))).toEqual([['own'], {}]);
  });

  test('unless the expression fails on it: then it is named', async () => {
    const [bad, good] = [candidate('{"n":"x"}'), candidate('{"n":"2"}')];
    const [wanted, untested] = await judging({ expressions: ['$number(n) > 1'] }).wanted(bad, good);
    expect(wanted).toEqual([good.message.id]);
    expect(Object.keys(untested ?? {})).toEqual([bad.message.id]);
  });
});

test('an expression that gets stuck on several is asked about each alone, and those are named', async () => {
  const loops = [1, 2].map((number) => candidate(`{"loop":${number}}`));
  const good = candidate('{"n":2}');
  const { state, wanted } = judging({ expressions: ['n > 1'] });
  const [found, untested] = await wanted(...loops, good);
  expect(found).toEqual([good.message.id]);
  expect(Object.values(untested ?? {})).toEqual(['Stopped: no result', 'Stopped: no result']);
  expect(state.closed).toBe(3);
});

test.each([
  [{ text: 'deq:>=' }, /cannot be applied/],
  [{ expressions: ['n >'] }, /cannot be applied/],
])('a filter with a part that cannot be read, %j, is applied to nothing', async (filter, words) => {
  await expect(judging(filter).judge([candidate('a')])).rejects.toThrow(words);
});

test('one question is asked at a time, and the time stands still', async () => {
  const { state, judge } = judging({ text: 'a' });
  await Promise.all([judge([candidate('a1')]), judge([candidate('a2')]), judge([])]);
  expect(state).toMatchObject({ asked: [['a1'], ['a2']], opened: 1 });
});
