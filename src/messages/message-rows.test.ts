import { beforeEach, describe, expect, test } from 'vitest';
import {
  answer,
  asked,
  DELETE,
  deleted,
  JOB,
  leaseOf,
  message,
  REF,
  told,
  update,
  updated,
  WAITING,
} from './facts.fixture';
import { isRunning, leaseRemaining, leaseView } from './lease';
import { messageRows } from './message-rows';
import { QueueRecords } from './queue-records';
import type { Claim, RecordLease } from './record';

let records: QueueRecords;
let ticks: number;
beforeEach(() => {
  ticks = 0;
  records = new QueueRecords(REF, () => ++ticks);
});

function peek(...ids: string[]) {
  const evidence = records.answeredNow(records.tick(), 0, undefined);
  records.apply(ids.map((id) => [id, { kind: 'peeked', message: message(`text of ${id}`, 0, id), evidence }]));
}

function lease(id: string, rest: Partial<RecordLease> = {}, claim?: Claim) {
  const evidence = records.answeredNow(records.tick(), 0, undefined);
  const leased = { ...message(`text of ${id}`, 1, id), receipt: 'r1', visibleAt: new Date(30_000) };
  records.applyTo(id, { kind: 'received', message: leased, lease: leaseOf('r1', evidence, rest), claim, evidence });
}

const rowsOf = (ids: readonly string[], at = 0, tick = ticks) => messageRows(records, { ids, asked: tick, at });
const idsOf = (ids: readonly string[], at = 0) => rowsOf(ids, at).map(({ id }) => id);

describe('rows', () => {
  test('are what a person leased, and then what the peek listed', () => {
    peek('m0', 'm1', 'm2');
    lease('m3');
    lease('m1');
    const rows = rowsOf(['m0', 'm1', 'm2']);
    expect(rows.map(({ id, position, ahead }) => [id, position, ahead])).toEqual([
      ['m3', 1, 0],
      ['m1', 2, 0],
      ['m0', 3, 0],
      ['m2', 4, 1],
    ]);
    expect(rows.map((row) => row.lease?.receipt)).toEqual(['r1', 'r1', undefined, undefined]);
    expect(rows[0]?.size).toBe(10);
  });

  test('leave out what is deleted, being deleted, waits to be or most likely is', () => {
    peek('m0', 'm1', 'm2', 'm3', 'm4');
    lease('m2');
    lease('m3');
    records.applyTo('m0', deleted(answer(50)));
    records.applyTo('m1', asked(DELETE, 50));
    records.claim(['m2'], WAITING);
    const evidence = answer(50, 51);
    records.applyTo('m3', {
      kind: 'refused',
      asked: DELETE,
      used: 'r1',
      afterLostAnswer: true,
      askedAt: 0,
      evidence,
    });
    expect(idsOf(['m0', 'm1', 'm2', 'm3', 'm4'])).toEqual(['m4']);
    records.unclaim(['m2'], WAITING);
    expect(idsOf(['m0', 'm1', 'm2', 'm3', 'm4'])).toEqual(['m2', 'm4']);
  });

  test('leave out unknown messages, and a lease of which only the receipt is known', () => {
    records.applyTo('m1', { kind: 'restored', lease: leaseOf('r1', answer(1)) });
    expect(idsOf(['m0', 'm1'])).toEqual([]);
  });

  test('say who has a message, and show no lease of a job', () => {
    peek('m0', 'm1');
    lease('m0', { holder: 'work' }, JOB);
    records.applyTo('m1', told({ what: 'leased', endsAt: 60_000, total: 60, dequeueCount: 1 }, answer(9)));
    expect(rowsOf(['m0', 'm1'])).toMatchObject([
      { id: 'm0', lease: undefined, claim: JOB, elsewhere: undefined },
      { id: 'm1', lease: undefined, claim: undefined, elsewhere: 60_000 },
    ]);
  });

  test('say until when this tab has hidden a message without a lease on it', () => {
    peek('m0', 'm1');
    lease('m0');
    records.applyTo('m0', { kind: 'givenUp', until: 60_000, evidence: answer(9) });
    expect(rowsOf(['m0', 'm1'])).toMatchObject([
      { id: 'm0', lease: undefined, hidden: 60_000 },
      { id: 'm1', hidden: undefined },
    ]);
    records.applyTo('m0', { kind: 'time', now: 60_000 });
    expect(rowsOf(['m0', 'm1'])).toMatchObject([{ hidden: undefined }, { hidden: undefined }]);
  });

  test('show pending requests', () => {
    lease('m0');
    records.applyTo('m0', { kind: 'asked', asked: update(600, 'b'), tick: 9, at: 5000 });
    const [row] = rowsOf([]);
    expect(row?.message.text).toBe('b');
    expect(row?.lease).toMatchObject({ total: 600, endsAt: new Date(605_000), text: 'text of m0' });
  });

  test('keep a message whose lease ended after the peek, until the next one', () => {
    lease('m0', { endsAt: 30_000 });
    peek('m1');
    records.applyTo('m0', { kind: 'time', now: 30_000 });
    // Its time has whole seconds: it may come back up to one later.
    expect(idsOf(['m1'], 30_500)).toEqual(['m0', 'm1']);
    expect(idsOf(['m1'], 31_000)).toEqual(['m1']);
    expect(idsOf(['m1', 'm0'], 30_500)).toEqual(['m1', 'm0']);
    expect(rowsOf(['m1', 'm0'])[1]?.lease).toBeUndefined();
  });

  test('keep a message that was released after the peek was asked for, until the next one', () => {
    peek('m1');
    lease('m0');
    lease('m2', { holder: 'work' }, JOB);
    const before = records.tick();
    for (const id of ['m0', 'm2']) records.applyTo(id, updated(update(0), 'r1', 'r2', answer(before, records.tick())));
    expect(rowsOf(['m1'], 0, before).map(({ id, lease: held, ahead }) => [id, held, ahead])).toEqual([
      ['m1', undefined, 0],
      ['m0', undefined, 1],
    ]);
    expect(rowsOf(['m0', 'm1'], 0, before).map(({ id }) => id)).toEqual(['m0', 'm1']);
    // Asked for since then, it shows all that is visible at the front.
    expect(idsOf(['m1'])).toEqual(['m1']);
    lease('m0', { endsAt: 60_000 });
    expect(rowsOf(['m1'], 0, before).map(({ id }) => id)).toEqual(['m0', 'm1']);
    expect([...records.leased('nobody')]).toEqual([]);
  });

  test('keep their identity for as long as nothing of them changes, and so does the list', () => {
    peek('m0', 'm1');
    const before = rowsOf(['m0', 'm1']);
    peek('m0', 'm1');
    expect(rowsOf(['m0', 'm1'])).toBe(before);
    records.claim(['m1'], JOB);
    const next = rowsOf(['m0', 'm1']);
    expect(next).not.toBe(before);
    expect(next[0]).toBe(before[0]);
    expect(next[1]).toMatchObject({ claim: JOB });
  });
});

describe('a lease with its message', () => {
  test('is a view of the record, the same one for the same record', () => {
    lease('m0');
    const view = leaseView(REF, records.get('m0'));
    expect(view).toMatchObject({ ...REF, id: 'm0', text: 'text of m0', receipt: 'r1', total: 30, state: 'held' });
    expect(leaseView(REF, records.get('m0'))).toBe(view);
    records.claim(['m0'], JOB);
    expect(leaseView(REF, records.get('m0'))).toMatchObject({ isTaken: true });
  });

  test('is none without a lease of ours, or without the message', () => {
    peek('m0');
    expect(leaseView(REF, records.get('m0'))).toBeUndefined();
    expect(leaseView(REF, undefined)).toBeUndefined();
    records.applyTo('m1', { kind: 'restored', lease: leaseOf('r1', answer(1)) });
    expect(leaseView(REF, records.get('m1'))).toBeUndefined();
    records.applyTo('m0', told({ what: 'leased', endsAt: 60_000, total: 60, dequeueCount: 1 }, answer(9)));
    expect(leaseView(REF, records.get('m0'))).toBeUndefined();
  });

  test('runs until it has ended, for whatever is left', () => {
    expect([isRunning({ state: 'held' }), isRunning({ state: 'unknown' }), isRunning({ state: 'ended' })]).toEqual([
      true,
      true,
      false,
    ]);
    expect(leaseRemaining({ endsAt: new Date(5000) }, 3000)).toBe(2000);
    expect(leaseRemaining({ endsAt: new Date(5000) }, 6000)).toBe(0);
  });
});
