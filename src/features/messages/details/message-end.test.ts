import { describe, expect, test } from 'vitest';
import type { Evidence } from '@/messages/evidence';
import { emptyRecord, type MessageRecord } from '@/messages/record';
import { messageEnd } from './message-end';

const evidence: Evidence = { asked: 1, answered: 2, at: 0, date: undefined };
const of = (change: Partial<MessageRecord>) => messageEnd({ ...emptyRecord('a'), ...change });

describe('what became of a message', () => {
  test.each([
    ['deleted', 'This message was deleted'],
    ['elsewhere', 'Another tab of this browser deleted this message'],
    ['cleared', 'This message went when the queue was cleared'],
    ['queueDeleted', 'This message went with its queue'],
  ] as const)('%s', (how, title) => {
    expect(of({ standing: { is: 'deleted', how, evidence } })?.title).toBe(title);
  });

  test('moved, and where to', () => {
    const to = { connectionId: 'c', queue: 'orders-done' };
    expect(of({ standing: { is: 'deleted', how: 'moved', to, evidence } })?.title).toBe(
      'This message was moved to orders-done',
    );
  });

  test('on its way, asked for or sent', () => {
    const title = 'This message is being deleted';
    expect(of({ claim: { kind: 'delete', name: 'A delete' } })?.title).toBe(title);
    expect(of({ pending: { kind: 'delete', tick: 3 } })?.title).toBe(title);
  });

  test('most likely deleted, which is no certainty and gives its ground', () => {
    const end = of({ standing: { is: 'unknown', since: 'delete', evidence, likely: true } });
    expect(end?.title).toBe('This message was most likely deleted');
    expect(end?.detail).toMatch(/^No answer came to its delete/);
  });
});

test('a message that may be there has no end', () => {
  expect(messageEnd(undefined)).toBeUndefined();
  expect(of({})).toBeUndefined();
  expect(of({ standing: { is: 'unknown', since: 'delete', evidence } })).toBeUndefined();
  expect(of({ standing: { is: 'unknown', since: 'refused', evidence } })).toBeUndefined();
  expect(of({ claim: { kind: 'job', name: 'Move' } })).toBeUndefined();
});
