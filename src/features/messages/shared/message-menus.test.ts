import { describe, expect, test } from 'vitest';
import { type Action, iconOf, textOf } from '@/actions/action';
import { lease, row } from '@/actions/message.fixture';
import { type MessageSubject, messageActions } from '@/actions/message-actions';
import { MESSAGE_MENU, VALUE_MENU } from './message-menus';

const held = (id: string) => row(id, { lease: lease(id) });
const many = (count: number) => Array.from({ length: count }, (_, index) => held(String(index)));

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
    // What is named alike looks alike.
    const { move, moveElsewhere, redrive } = messageActions;
    const selected = subjectOf({ ...poison, isSelection: true });
    expect(iconOf(move, selected)).toBe(iconOf(redrive, selected));
    expect(iconOf(move, subjectOf({ ...poison, isSelection: false }))).toStrictEqual(iconOf(moveElsewhere, selected));
  });

  test('is not one for two things in a menu', () => {
    for (const queue of ['orders', 'orders-poison'])
      for (const isSelection of [true, false]) {
        const words = offered(subjectOf({ queue, rows: isSelection ? many(3) : many(1), isSelection }));
        expect(new Set(words).size).toBe(words.length);
      }
  });

  test('of the messages with one value has what a person does to many, steps in one job too', () => {
    const subject = subjectOf({ queue: 'orders-poison', rows: many(1600), isSelection: true });
    const words = VALUE_MENU.flatMap((item) => (item === 'separator' ? [] : labelOf(item, subject)));
    expect(words).toEqual([
      'Redrive 1,600',
      'Requeue 1,600',
      'Export 1,600',
      'Work in steps on 1,600',
      'Change text of 1,600',
      'Delete 1,600',
    ]);
  });
});
