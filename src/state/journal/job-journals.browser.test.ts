import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decodeJournal } from '@/bulk/journal/codec';
import { replay } from '@/bulk/journal/replay';
import { standingOf } from '@/bulk/journal/standing';
import { createDeferred } from '@/bulk/requests/deferred';
import type { Outcome } from '@/bulk/requests/outcome';
import { beginJournal } from './job-journals';
import { forgetAllJournals, journalStorage, readHeads, readParts } from './journal-storage';

beforeEach(forgetAllJournals);
afterEach(async () => {
  vi.restoreAllMocks();
  await forgetAllJournals();
});

const begin = () =>
  beginJournal({
    kind: 'move',
    steps: ['send', 'delete'],
    noun: 'message',
    where: 'a to b',
    from: { connectionId: 'c', queue: 'a' },
    to: { connectionId: 'c', queue: 'b' },
    total: 3,
    filter: 'x is 1',
  });

const progress = { done: 0, failed: 0, skipped: 0, uncertain: 0, total: 3 } as never;
const follows = (journal: ReturnType<typeof begin>) => {
  const ended = createDeferred();
  journal.follow({ finished: ended.promise, progress, subscribe: () => () => {} });
  return ended.resolve;
};

test('a retry has a journal of its own, which knows the certain copies and the doubtful ones of the run before', async () => {
  const journal = begin();
  journal.ended<{ id: string }>(({ id }) => id);
  const end = follows(journal);
  await vi.waitFor(async () => expect(await readHeads()).toHaveLength(1));
  const [[first] = []] = await readHeads();
  end();
  await vi.waitFor(async () => expect(await readHeads()).toEqual([]));
  const copy = { id: 'copy', receipt: 'r', insertedAt: new Date(0), expiresAt: null, visibleAt: new Date(0) };
  const outcomes: Outcome<{ id: string }>[] = [
    { item: { id: 'both' }, kind: 'inBoth', copied: { text: 'a text' }, value: copy },
    { item: { id: 'maybe' }, kind: 'maybeTwice' },
    { item: { id: 'failed' }, kind: 'failed' },
  ];
  journal.again(outcomes);
  const endAgain = follows(journal);
  const [id, head] = await vi.waitFor(async () => {
    const [stored] = await readHeads();
    if (!stored || (await readParts(stored[0])).length === 0) throw new Error('Not yet');
    return stored;
  });
  expect(id).not.toBe(first);
  const read = decodeJournal(head, await readParts(id));
  expect(read.head).toMatchObject({ id, ids: ['both', 'maybe', 'failed'] });
  expect(read.head.filter).toBeUndefined();
  expect(standingOf(read, 0)).toMatchObject({ twice: ['both', 'maybe'], untouched: 1, left: 3 });
  expect(replay(read).items.get('both')?.copy).toMatchObject({ id: 'copy' });
  endAgain();
  await vi.waitFor(async () => expect(await readHeads()).toEqual([]));
});

test('a job that is over at once leaves no journal', async () => {
  const began = vi.spyOn(journalStorage, 'begin');
  const forgot = vi.spyOn(journalStorage, 'forget');
  for (let count = 0; count < 10; count++) follows(begin())();
  await vi.waitFor(() => expect(forgot).toHaveBeenCalledTimes(10));
  await Promise.all([...began.mock.results, ...forgot.mock.results].map(({ value }) => value as Promise<void>));
  expect(await readHeads()).toEqual([]);
});

test('where the storage refuses, the job goes on and says why it could not be taken up again', async () => {
  vi.spyOn(journalStorage, 'begin').mockRejectedValue(new Error('The storage of this browser is full.'));
  const journal = begin();
  await vi.waitFor(() => expect(journal.problem).toBe('The storage of this browser is full.'));
  follows(journal)();
});

test('a page that is left keeps the journal of a job that its end cut off', async () => {
  const journal = begin();
  const end = follows(journal);
  await vi.waitFor(async () => expect(await readHeads()).toHaveLength(1));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  end();
  await new Promise((resolve) => setTimeout(resolve));
  expect(await readHeads()).toHaveLength(1);
  // It was not left after all.
  dispatchEvent(new PageTransitionEvent('pageshow'));
  await vi.waitFor(async () => expect(await readHeads()).toEqual([]));
});
