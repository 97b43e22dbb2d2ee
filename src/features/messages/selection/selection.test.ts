import { describe, expect, test } from 'vitest';
import { lease, now, row } from '@/actions/message.fixture';
import type { MessageRecord } from '@/messages/record';
import { createRecords } from '@/messages/records';
import { isEndingSoon } from '../leases/expiry-prompt';
import { aboutText, selectedText, undoNote } from './selection-text';
import { stillSelected } from './use-selection';

const held = (id: string) => row(id, { lease: lease(id) });
const taken = row('taken', { lease: lease('taken'), claim: { kind: 'job', name: 'Move' } });
const records = createRecords();
records.open('harborlane@local');
const queue = records.of({ connectionId: 'harborlane@local', queue: 'orders' });
const evidence = () => queue.answeredNow(queue.tick(), now, undefined);
const standing = (id: string, is: MessageRecord['standing']) => [id, { ...queue.get(id), standing: is }] as const;

const ends = (...left: number[]) =>
  undoNote(
    left.map((ms) => ({ endsAt: new Date(now + ms) })),
    now,
  );

const offered = (left: number, total = 30) => isEndingSoon({ endsAt: new Date(now + left), total }, now);

describe('a delete', () => {
  test('says that there is no Undo from eight seconds on, by the lease that ends first', () => {
    expect(ends(8001)).toBeUndefined();
    expect(ends(8000)).toBe('Delete 1 message, without Undo: the lease ends too soon');
    expect(ends(60_000, 8000)).toBe('Delete 2 messages, without Undo: a lease ends too soon');
    expect(ends(60_000, 60_000)).toBeUndefined();
    expect(ends()).toBeUndefined();
  });
});

test('more time is offered for the last ten seconds of a lease that was longer than that', () => {
  expect([10_001, 10_000, 1, 0].map((left) => offered(left))).toEqual([false, true, true, false]);
  expect([offered(5000, 10), offered(5000, 11)]).toEqual([false, true]);
});

describe('what is selected', () => {
  test('stays while nobody knows it to be gone, loaded or not', () => {
    const selected = new Set(['a', 'b']);
    expect(stillSelected(selected, [held('a')], queue)).toEqual({ left: selected, loaded: 1 });
    expect(stillSelected(selected, [held('a'), held('b')], queue)).toEqual({ left: selected, loaded: 2 });
    expect(stillSelected(new Set(), [held('a')], queue)).toEqual({ left: new Set(), loaded: 0 });
  });

  test('loses what is deleted, and what most likely is', () => {
    const known = new Map<string, unknown>([
      standing('gone', { is: 'deleted', how: 'deleted', evidence: evidence() }),
      standing('likely', { is: 'unknown', since: 'delete', likely: true, evidence: evidence() }),
      standing('perhaps', { is: 'unknown', since: 'delete', evidence: evidence() }),
    ]);
    const { left } = stillSelected(new Set(['a', ...known.keys()]), [held('a')], known as unknown as typeof queue);
    expect([...left]).toEqual(['a', 'perhaps']);
  });

  test('is described by what its number does not tell', () => {
    const none = { hidden: 0, gone: 0 };
    expect(selectedText([held('a'), held('b')], none)).toEqual([]);
    expect(selectedText([held('a'), row('b'), taken], { hidden: 2, gone: 1 })).toEqual([
      '1 leased',
      '1 in use by Move',
      '2 more hidden by the filter',
      '1 gone',
    ]);
  });

  test('is told on a button how much of it is meant, and why not all', () => {
    const unknown = row('c', { lease: lease('c', { state: 'unknown' }) });
    expect(aboutText('Delete', [held('a')], [held('a')])).toBe('Delete 1 message');
    expect(aboutText('Delete', [held('a')], [held('a'), taken])).toBe('Delete 1 of 2 messages: one is in use');
    expect(aboutText('Release', [held('a')], [held('a'), row('b'), row('c')])).toBe(
      'Release 1 of 3 messages: 2 are not leased by you',
    );
    expect(aboutText('Move', [held('a')], [held('a'), unknown])).toBe('Move 1 of 2 messages: one is out of reach');
  });
});
