import { beforeEach, describe, expect, test } from 'vitest';
import { createDeletions } from './deletions';
import type { Fact } from './fact';
import {
  answer,
  asked,
  cleared,
  DELETE,
  deleted,
  message,
  REF,
  refused,
  unanswered,
  update,
  updated,
} from './facts.fixture';
import type { QueueRecords } from './queue-records';
import { certainMessage } from './record';
import { createRecords, type Records } from './records';

const ROOM = 100;
let records: Records;
let queue: QueueRecords;
let deletions: ReturnType<typeof createDeletions>;
let told: number;

beforeEach(() => {
  records = createRecords();
  queue = records.of(REF);
  told = 0;
  deletions = createDeletions(
    records,
    () => told++,
    () => 5000,
    ROOM,
  );
});

function peek(id: string, text: string, at = 1000) {
  const evidence = queue.answeredNow(queue.tick(), at, undefined);
  queue.applyTo(id, { kind: 'peeked', message: message(text, 0, id), evidence });
}

const now = () => queue.answeredNow(queue.tick(), 0, undefined);
const note = (...ids: string[]) => deletions.note({ ref: REF, what: 'deleted', ids });

/** So many other messages that a queue is swept. */
function sweep() {
  for (let index = 0; index < 4000; index++) peek(`other ${index}`, '');
}

describe('what was deleted here', () => {
  test('can be added again with the text that its record has, for as long as the tab is open', () => {
    peek('m0', 'a');
    queue.applyTo('m0', deleted(now()));
    expect(note('m0')).toEqual({
      id: 1,
      ref: REF,
      what: 'deleted',
      at: 5000,
      ids: ['m0'],
      unsure: 0,
      maybeBefore: 0,
      seen: undefined,
      isMaybeBack: false,
    });
    sweep();
    expect(queue.get('m0')?.message?.text).toBe('a');
    expect(told).toBe(1);
  });

  test('is empty where no text is certain', () => {
    peek('m0', 'a');
    queue.applyTo('m0', { kind: 'textDropped' });
    peek('m1', 'a');
    queue.applyTo('m1', { kind: 'peeked', message: message('b', 0, 'm1'), evidence: answer(1, 99) });
    expect(note('m0', 'm1', 'unknown')).toBeUndefined();
    expect(deletions.all()).toEqual([]);
    peek('m2', 'c');
    expect(note('m0', 'm1', 'm2')).toMatchObject({ ids: ['m2'], unsure: 1 });
  });

  test('includes a message with a pending change of text, with the text that its answer confirms', () => {
    for (const [id, fact] of [
      ['m0', (tick: number) => updated(update(30, 'b'), 'r', 'r2', answer(tick, tick + 9))],
      ['m1', (tick: number) => refused(update(30, 'b'), 'r', answer(tick, tick + 9))],
      ['m2', (tick: number) => ({ kind: 'failed', tick, malformed: false })],
      ['m3', (tick: number) => unanswered(update(30, 'b'), 'r', answer(tick, tick + 9))],
      ['m4', (tick: number) => refused(update(30, 'b'), 'r', answer(tick, tick + 9), true)],
    ] satisfies [string, (tick: number) => Fact][]) {
      peek(id, 'a');
      const tick = queue.tick();
      queue.applyTo(id, asked(update(30, 'b'), tick));
      queue.applyToAll(cleared(now()));
      expect(deletions.note({ ref: REF, what: 'cleared', ids: [id] })).toMatchObject({ ids: [id], unsure: 0 });
      queue.applyTo(id, fact(tick));
    }
    const last = ['m0', 'm1', 'm2', 'm3', 'm4'].map((id) => queue.get(id)).map((one) => one && certainMessage(one));
    // Nobody can say whether a change whose answer was lost came first.
    expect(last.map((one) => one?.text)).toEqual(['b', 'a', 'a', undefined, undefined]);
    expect(note('m3', 'm4', 'm1')).toMatchObject({ ids: ['m1'], unsure: 2 });
  });

  test('by a Clear says how many may have been deleted before it, as an answer about them was lost', () => {
    for (const id of ['m0', 'm1', 'm2', 'm3']) peek(id, 'a');
    queue.applyTo('m0', unanswered(DELETE, 'r', now()));
    queue.applyTo('m1', refused(DELETE, 'r', now()));
    queue.applyTo('m2', unanswered(update(0), 'r', now()));
    queue.applyToAll(cleared(now()));
    const noted = deletions.note({ ref: REF, what: 'cleared', ids: ['m0', 'm1', 'm2', 'm3'] });
    // A release whose answer was lost hid the message at most: it was there.
    expect(noted).toMatchObject({ ids: ['m0', 'm1', 'm2', 'm3'], maybeBefore: 2 });
    const taken = noted && deletions.take(noted.id);
    if (taken) deletions.leave(taken, { failed: ['m1', 'm3'], maybe: ['m2'] });
    expect(deletions.all().map(({ maybeBefore }) => maybeBefore)).toEqual([0, 1]);
  });

  test('by a Clear says between when it was last seen', () => {
    peek('m0', 'a', 3000);
    peek('m1', 'b', 1000);
    peek('m2', 'c', 2000);
    queue.applyToAll(cleared(now()));
    expect(deletions.note({ ref: REF, what: 'cleared', ids: ['m0', 'm1', 'm2'] })?.seen).toEqual({
      from: 1000,
      to: 3000,
    });
  });

  test('is sorted newest first', () => {
    peek('m0', 'a');
    peek('m1', 'b');
    note('m0');
    note('m1');
    expect(deletions.all().map(({ ids }) => ids)).toEqual([['m1'], ['m0']]);
  });
});

describe('where there is no room for all texts', () => {
  test('the oldest go, and their texts with them', () => {
    peek('m0', 'x'.repeat(40));
    peek('m1', 'x'.repeat(40));
    peek('m2', 'x'.repeat(40));
    for (const id of ['m0', 'm1', 'm2']) {
      queue.applyTo(id, deleted(now()));
      note(id);
    }
    expect(deletions.all().map(({ ids }) => ids)).toEqual([['m2'], ['m1']]);
    sweep();
    expect(queue.get('m0')).toBeUndefined();
    expect(queue.get('m1')?.message).toBeDefined();
  });

  test('one that has more than that alone keeps what came first', () => {
    peek('m0', 'x'.repeat(60));
    peek('m1', 'x'.repeat(60));
    expect(note('m0', 'm1')?.ids).toEqual(['m0']);
    expect(deletions.all()).toHaveLength(1);
  });

  test('one text too long for it does not cost those before it', () => {
    peek('m0', 'x');
    peek('m1', 'x'.repeat(ROOM + 1));
    note('m0');
    expect(note('m1')).toBeUndefined();
    expect(deletions.all().map(({ ids }) => ids)).toEqual([['m0']]);
  });
});

describe('adding again', () => {
  beforeEach(() => {
    for (const id of ['m0', 'm1', 'm2']) {
      peek(id, id);
      queue.applyTo(id, deleted(now()));
    }
    note('m0', 'm1', 'm2');
  });

  test('has a deletion alone: nobody adds it twice', () => {
    expect(deletions.take(1)).toMatchObject({ ids: ['m0', 'm1', 'm2'] });
    expect(deletions.take(1)).toBeUndefined();
    expect(deletions.all()).toEqual([]);
    sweep();
    expect(queue.get('m1')?.message?.text).toBe('m1');
  });

  test('leaves what was not added to be tried again, and what may have been apart', () => {
    const taken = deletions.take(1);
    if (!taken) throw new Error('There is no deletion.');
    deletions.leave(taken, { failed: ['m0'], maybe: ['m2'] });
    expect(deletions.all()).toMatchObject([
      { id: 2, ids: ['m2'], isMaybeBack: true },
      { id: 1, ids: ['m0'], isMaybeBack: false },
    ]);
    sweep();
    expect([queue.get('m0'), queue.get('m1'), queue.get('m2')].map((record) => record?.message?.text)).toEqual([
      'm0',
      undefined,
      'm2',
    ]);
  });

  test('that added all leaves nothing', () => {
    const taken = deletions.take(1);
    if (!taken) throw new Error('There is no deletion.');
    deletions.leave(taken, { failed: [], maybe: [] });
    expect(deletions.all()).toEqual([]);
    sweep();
    expect(queue.get('m0')).toBeUndefined();
  });

  test('keeps the order by age when some of an older one is left', () => {
    peek('m3', 'm3');
    const taken = deletions.take(1);
    note('m3');
    if (taken) deletions.leave(taken, { failed: ['m1'], maybe: [] });
    expect(deletions.all().map(({ ids }) => ids)).toEqual([['m3'], ['m1']]);
  });
});
