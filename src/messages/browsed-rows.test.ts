import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { browsedRows } from './browsed-rows';
import type { Fact } from './fact';
import { answer, anyFacts, deleted, leaseOf, message, REF, update, updated } from './facts.fixture';
import { isRunning } from './lease';
import { type MessageRow, toRow } from './message-rows';
import { QueueRecords } from './queue-records';
import { isLeaving, type MessageRecord } from './record';

function open() {
  let ticks = 0;
  return new QueueRecords(REF, () => ++ticks);
}

const isShown = (record: MessageRecord | undefined): record is MessageRecord =>
  record?.message !== undefined && !isLeaving(record);

/** The rows as they are, whatever they were. */
function fromScratch(records: QueueRecords, ids: readonly string[]): MessageRow[] {
  const others = [...records.leased()].filter(
    (record) =>
      isShown(record) && record.lease?.holder === 'tab' && isRunning(record.lease) && !ids.includes(record.id),
  );
  return [
    ...others.map((record, index) => toRow(records, record, index, 0)),
    ...ids.flatMap((id, place) => {
      const record = records.get(id);
      return isShown(record) ? { ...toRow(records, record, place, place), position: place + 1 + others.length } : [];
    }),
  ];
}

/** A fact about one message, as one about another. */
const about = (fact: Fact, id: string): Fact =>
  'message' in fact ? ({ ...fact, message: { ...fact.message, id } } as Fact) : fact;

const ids = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5'] as const;
type Step = { is: 'facts'; id: string; facts: Fact[] } | { is: 'add'; ids: string[] } | { is: 'ask' } | { is: 'clear' };
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ is: fc.constant('facts'), id: fc.constantFrom(...ids), facts: anyFacts }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('add'), ids: fc.subarray([...ids], { minLength: 1 }) }) },
  { weight: 2, arbitrary: fc.constant({ is: 'ask' }) },
  { weight: 1, arbitrary: fc.constant({ is: 'clear' }) },
);

const peek = (records: QueueRecords, count: number) => {
  const evidence = records.answeredNow(records.tick(), 0, undefined);
  const all = Array.from({ length: count }, (_, index) => `m${index}`);
  records.apply(all.map((id) => [id, { kind: 'peeked', message: message(id, 0, id), evidence }]));
  return all;
};

/** A person leases a message. */
function lease(records: QueueRecords, id: string): void {
  const evidence = answer(9);
  const leased = { ...message(id, 1, id), receipt: 'r1', visibleAt: new Date(0) };
  records.applyTo(id, {
    kind: 'received',
    message: leased,
    lease: leaseOf('r1', evidence),
    claim: undefined,
    evidence,
  });
}

describe('the rows of a long list', () => {
  test('equal the rows computed from scratch, whatever happens between two reads', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 20 }), (steps) => {
        const records = open();
        const list = browsedRows(records);
        const looks: [readonly MessageRow[], readonly MessageRow[]][] = [];
        for (const step of steps) {
          if (step.is === 'facts') {
            for (const fact of step.facts) records.applyTo(step.id, about(fact, step.id));
          } else if (step.is === 'add') list.add(step.ids);
          else if (step.is === 'clear') records.clear();
          else looks.push([list.rows(), fromScratch(records, list.ids)]);
        }
        looks.push([list.rows(), fromScratch(records, list.ids)]);
        for (const [rows, anew] of looks) expect(rows).toEqual(anew);
        expect(list.rows()).toBe(list.rows());
        list.close();
      }),
      { numRuns: 400 },
    );
  });

  test('keep the rows that did not change', () => {
    const records = open();
    const list = browsedRows(records);
    list.add(peek(records, 1000));
    const before = list.rows();
    records.applyTo('m7', deleted(answer(9)));
    const next = list.rows();
    expect(next).toHaveLength(999);
    expect(next[7]).toBe(before[8]);
    expect(next.filter((row) => !before.includes(row))).toEqual([]);
  });

  test('keep the rows that did not change also while a lease stands beside the list', () => {
    const records = open();
    const list = browsedRows(records);
    list.add(peek(records, 1000));
    lease(records, 'other');
    const before = list.rows();
    records.applyTo('m7', deleted(answer(19)));
    const next = list.rows();
    expect(next).toHaveLength(1000);
    expect([next[0], next[1], next[8]]).toEqual([before[0], before[1], before[9]]);
    expect(next.filter((row) => !before.includes(row))).toEqual([]);
    lease(records, 'another');
    const [other, another, first] = list.rows();
    expect([other === before[0], another?.position, first?.position]).toEqual([true, 2, 3]);
  });

  test('keep a row of which nothing changed that is shown', () => {
    const records = open();
    const list = browsedRows(records);
    const all = peek(records, 3);
    list.add(all);
    const before = list.rows();
    peek(records, 3);
    expect(list.rows().every((row, index) => row === before[index])).toBe(true);
  });

  test('do not show a message twice that was leased beside the list and is in it now', () => {
    const records = open();
    const list = browsedRows(records);
    const all = peek(records, 3);
    lease(records, 'm1');
    expect(list.rows().map(({ id }) => id)).toEqual(['m1']);
    list.add(all);
    expect(list.rows().map(({ id }) => id)).toEqual(['m0', 'm1', 'm2']);
    expect([list.has('m1'), list.has('m9')]).toEqual([true, false]);
  });

  test('say until when this tab has hidden a message that was browsed', () => {
    const records = open();
    const list = browsedRows(records);
    list.add(peek(records, 2));
    const [, before] = list.rows();
    records.applyTo('m0', { kind: 'givenUp', until: 60_000, evidence: answer(9) });
    const [row, other] = list.rows();
    expect(row?.hidden).toBe(60_000);
    expect(other).toBe(before);
  });

  test('show what a person leased beside the list for as long as it is leased', () => {
    const records = open();
    const list = browsedRows(records);
    list.add(peek(records, 1));
    lease(records, 'other');
    expect(list.rows().map(({ id, position }) => [id, position])).toEqual([
      ['other', 1],
      ['m0', 2],
    ]);
    records.applyTo('other', updated(update(0), 'r1', undefined, answer(11)));
    expect(list.rows().map(({ id, position }) => [id, position])).toEqual([['m0', 1]]);
  });

  test('are not updated once they are closed', () => {
    const records = open();
    const list = browsedRows(records);
    list.add(peek(records, 2));
    const before = list.rows();
    list.close();
    records.applyTo('m0', deleted(answer(9)));
    expect(list.rows()).toBe(before);
  });
});
