import { expect, test } from 'vitest';
import { createDeferred } from '../requests/deferred';
import { decodeJournal } from './codec';
import { type JournalHead, type JournalStorage, MOST_JOURNALED } from './journal';
import { createJournalWriter } from './journal-writer';

const head: JournalHead = {
  version: 1,
  id: 'a',
  kind: 'delete',
  steps: ['delete'],
  noun: 'message',
  where: 'orders',
  from: { connectionId: 'c', queue: 'orders' },
  startedAt: 5,
};

/** A storage whose writes end when the test says so. */
function slowStorage({ fails }: { fails?: 'begin' | 'append' } = {}) {
  const stored: { head: string | undefined; parts: string[] } = { head: undefined, parts: [] };
  const ends: (() => void)[] = [];
  const slow = () => new Promise<void>((resolve) => ends.push(resolve));
  const storage: JournalStorage = {
    async begin(_, text) {
      if (fails === 'begin') throw new Error('The storage of this browser is full.');
      stored.head = text;
    },
    async append(_, part, text) {
      await slow();
      if (fails === 'append') throw new Error('The storage of this browser is full.');
      stored.parts[part - 1] = text;
    },
    async forget() {
      stored.head = undefined;
      stored.parts = [];
    },
  };
  const end = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    for (const resolve of ends.splice(0)) resolve();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { storage, stored, end };
}

const writerOf = (storage: JournalStorage, parts: Partial<JournalHead> = {}) =>
  createJournalWriter({ ...head, ...parts }, { storage, now: () => 7, fingerprint: async (text) => text });

test('those who wait share one write, and whoever comes while it runs waits for the next', async () => {
  const { storage, stored, end } = slowStorage();
  const writer = writerOf(storage);
  let written = 0;
  const count = () => void written++;
  for (const key of ['a', 'b', 'c']) void writer.writeAhead(['deleting', key]).then(count);
  await Promise.resolve();
  await end();
  expect([written, stored.parts.length]).toEqual([3, 1]);
  void writer.writeAhead(['deleting', 'd']).then(count);
  await end();
  void writer.writeAhead(['deleting', 'e']).then(count);
  expect(written).toBe(4);
  await end();
  expect([written, stored.parts.length]).toEqual([5, 3]);
  expect(decodeJournal(stored.head, stored.parts).events.map((event) => event[1])).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test.each(['begin', 'append'] as const)(
  'a storage that refuses (%s) holds up nothing, and why is told',
  async (fails) => {
    const { storage, stored, end } = slowStorage({ fails });
    const writer = writerOf(storage);
    const waited = writer.writeAhead(['deleting', 'a']);
    await end();
    await waited;
    expect(writer.problem).toBe('The storage of this browser is full.');
    // An old standing would be a wrong one.
    expect(stored).toEqual({ head: undefined, parts: [] });
    await writer.writeAhead(['deleting', 'b']);
  },
);

test('a job over more messages than a journal has goes on without one', async () => {
  const { storage, stored } = slowStorage();
  const ids = Array.from({ length: MOST_JOURNALED + 1 }, (_, index) => String(index));
  const writer = writerOf(storage, { ids });
  await writer.writeAhead(['deleting', '0']);
  expect(writer.problem).toMatch(/too large/);
  expect(stored.head).toBeUndefined();
});

test('a job that is over before its journal is begun leaves none, and the end waits for what is being written', async () => {
  const { storage, stored, end } = slowStorage();
  const owned = createDeferred();
  const early = createJournalWriter(head, {
    storage,
    now: () => 7,
    fingerprint: async (text) => text,
    ready: owned.promise,
  });
  void early.writeAhead(['deleting', 'a']);
  const over = early.end();
  owned.resolve();
  await over;
  expect(stored).toEqual({ head: undefined, parts: [] });

  const late = writerOf(storage);
  void late.writeAhead(['deleting', 'a']);
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  let isOver = false;
  const ending = late.end().then(() => (isOver = true));
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  expect(isOver).toBe(false);
  await end();
  await ending;
  expect(stored.parts).toHaveLength(1);
});
