import { describe, expect, test } from 'vitest';
import { createRecords } from '@/messages/records';
import { type Action, textOf } from './action';
import { lease, message, now, row } from './message.fixture';
import {
  goesAtOnce,
  longestSeconds,
  MESSAGE_MENU,
  type MessageSubject,
  messageActions,
  notLeaving,
} from './message-actions';

const held = (id: string) => row(id, { lease: lease(id) });
const many = (count: number) => Array.from({ length: count }, (_, index) => held(String(index)));

describe('a delete', () => {
  test('goes at once only of leased messages', () => {
    const taken = row('taken', { lease: lease('taken'), claim: { kind: 'job', name: 'Move' } });
    expect(goesAtOnce([held('a')], false)).toBe(true);
    expect(goesAtOnce([held('a'), row('b')], false)).toBe(false);
    expect(goesAtOnce([held('a'), taken], false)).toBe(false);
    expect(goesAtOnce([row('a', { lease: lease('a', { state: 'unknown' }) })], false)).toBe(false);
  });

  test('goes at once of twenty, and of one more is asked', () => {
    expect(goesAtOnce(many(20), false)).toBe(true);
    expect(goesAtOnce(many(21), false)).toBe(false);
  });

  test('is always asked in production', () => {
    expect(goesAtOnce([held('a')], true)).toBe(false);
  });

  test('that is asked for twice is asked for once', () => {
    const records = createRecords();
    records.open('harborlane@local');
    const queue = records.of({ connectionId: 'harborlane@local', queue: 'orders' });
    for (const id of ['a', 'b']) {
      const evidence = queue.answeredNow(queue.tick(), now, undefined);
      queue.applyTo(id, { kind: 'peeked', message: message(id), evidence });
    }
    queue.claim(['b'], { kind: 'delete', name: 'A delete' });
    expect(notLeaving([held('a'), held('b'), held('c')], queue).map(({ id }) => id)).toEqual(['a', 'c']);
  });
});

const leasedFor = (seconds: number) => row('a', { lease: lease('a', { total: seconds }) });

test('an extension is as long as the longest of the leases', () => {
  expect(longestSeconds([leasedFor(30), leasedFor(900), leasedFor(300)])).toBe(900);
  expect(longestSeconds([])).toBe(1);
});

test('a template is made of one message', () => {
  type Subject = Parameters<NonNullable<typeof messageActions.saveAsTemplate.isOffered>>[0];
  const isFor = (count: number) =>
    messageActions.saveAsTemplate.isOffered?.({ rows: many(count) } as unknown as Subject);
  expect([isFor(1), isFor(2)]).toEqual([true, false]);
});

const labelOf = (action: Action<MessageSubject>, subject: MessageSubject) => textOf(action.label, subject);
/** What the menu of messages reads. */
const offered = (subject: MessageSubject) =>
  MESSAGE_MENU.flatMap((item) =>
    item === 'separator' || item.isOffered?.(subject) === false ? [] : labelOf(item, subject),
  );

const subjectOf = (change: Partial<MessageSubject>) =>
  ({ queue: 'orders', open: undefined, ...change }) as MessageSubject;

describe('the label of an action', () => {
  const taken = row('taken', { claim: { kind: 'job', name: 'Move' } });

  test('says how many of the selected messages it is done to, and of one message no number', () => {
    const rows = [held('a'), row('b'), taken];
    const words = (isSelection: boolean) =>
      MESSAGE_MENU.flatMap((item) => (item === 'separator' ? [] : labelOf(item, subjectOf({ rows, isSelection }))));
    expect(words(true)).toEqual(
      expect.arrayContaining([
        'Move 2',
        'Requeue 2',
        'Copy to a queue (2)',
        'Copy 3',
        'Export 3',
        'Extend 1',
        'Release 1',
        'Delete 2',
      ]),
    );
    expect(words(false).filter((word) => /\d/.test(word))).toEqual([]);
  });

  test('has a number of many thousands as people write it, and none where it can be done to none', () => {
    expect(labelOf(messageActions.delete, subjectOf({ rows: many(1600), isSelection: true }))).toBe('Delete 1,600');
    expect(labelOf(messageActions.delete, subjectOf({ rows: [taken], isSelection: true }))).toBe('Delete');
  });

  test('of a move in a poison queue is Redrive for what is selected, and Move stays beside it', () => {
    const poison = { queue: 'orders-poison', rows: [held('a')] };
    expect(offered(subjectOf({ ...poison, isSelection: true }))).toEqual(
      expect.arrayContaining(['Redrive 1', 'Move 1']),
    );
    expect(offered(subjectOf({ ...poison, isSelection: false }))).toEqual(
      expect.arrayContaining(['Move', 'Redrive message']),
    );
    expect(offered(subjectOf({ rows: [held('a')], isSelection: true }))).not.toContain('Redrive 1');
  });

  test('is not one for two things in a menu', () => {
    for (const queue of ['orders', 'orders-poison'])
      for (const isSelection of [true, false]) {
        const words = offered(subjectOf({ queue, rows: isSelection ? many(3) : many(1), isSelection }));
        expect(new Set(words).size).toBe(words.length);
      }
  });
});
