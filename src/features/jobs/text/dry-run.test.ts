import { describe, expect, test } from 'vitest';
import { applyChange } from './apply-change';
import { type DryRun, dryRun, dryRunFile } from './dry-run';
import { readText } from './dry-run-view';
import type { DryRunner } from './dry-runner';
import { NO_CHANGE } from './text-changes';

const FORM = { ...NO_CHANGE, way: 'value' as const, path: '$.currency', value: '"EUR"' };
const messages = (...texts: string[]) => texts.map((text, index) => ({ id: `id-${index}`, text }));

/** Changes here in place of the worker, and notes how many texts each question has. */
function runner() {
  const asked: number[] = [];
  let isClosed = false;
  const { change } = applyChange(FORM, () => ({ replace: (text) => ({ text }), close: () => {} }));
  const made: DryRunner = {
    async change(texts, signal) {
      signal.throwIfAborted();
      asked.push(texts.length);
      return Promise.all(texts.map(async (text) => change(text)));
    },
    close: () => void (isClosed = true),
  };
  return { made, asked, isClosed: () => isClosed };
}

const { signal } = new AbortController();

describe('a dry run', () => {
  test('counts what changes, what stays and what cannot be read, over all that is loaded, in bounded slices', async () => {
    const texts = Array.from({ length: 150 }, (_, index) => `{"currency":"${index % 3 === 0 ? 'EUR' : 'EURO'}"}`);
    const { made, asked, isClosed } = runner();
    const shown: DryRun[] = [];
    await dryRun(FORM, messages(...texts, 'plain', '{"other":1}'), {
      signal,
      show: (run) => shown.push(run),
      runner: made,
    });
    expect(asked).toEqual([64, 64, 24]);
    expect(shown.map(({ read }) => read)).toEqual([0, 64, 128, 152]);
    const { changed, ...last } = shown.at(-1) as DryRun;
    expect(last).toMatchObject({ of: 152, same: 50, unreadable: 1, refused: 1, isDone: true });
    expect(changed.slice(0, 3)).toEqual(['id-1', 'id-2', 'id-4']);
    expect(changed).toHaveLength(100);
    expect(isClosed()).toBe(true);
  });

  test('of long texts asks about few at a time, and ends when the form changes', async () => {
    const { made, asked, isClosed } = runner();
    const control = new AbortController();
    const long = `{"currency":"${'x'.repeat(300_000)}"}`;
    const run = dryRun(FORM, messages(long, long, long, long, long), {
      signal: control.signal,
      show: ({ read }) => read >= 2 && control.abort(),
      runner: made,
    });
    await expect(run).rejects.toThrow();
    expect(asked).toEqual([2]);
    expect(isClosed()).toBe(true);
  });

  test('of nothing is done at once', async () => {
    const shown: DryRun[] = [];
    await dryRun(FORM, [], { signal, show: (run) => shown.push(run), runner: runner().made });
    expect(shown).toMatchObject([{ read: 0, of: 0, isDone: true }]);
  });

  test('is saved with the texts before and after, and why one is not changed', async () => {
    const file = await dryRunFile(FORM, messages('{"currency":"EURO"}', '{"currency":"EUR"}', 'plain'), {
      signal,
      runner: runner().made,
    });
    const rows = (await file.text()).trim().split('\n');
    expect(rows.map((row) => JSON.parse(row) as unknown)).toEqual([
      { id: 'id-0', outcome: 'changes', before: '{"currency":"EURO"}', after: '{"currency":"EUR"}' },
      { id: 'id-1', outcome: 'stays' },
      { id: 'id-2', outcome: 'not changed', reason: expect.stringContaining('not JSON') as string, before: 'plain' },
    ]);
  });
});

test.each([
  [{ read: 1600, of: 1600, total: 1600 }, '1,600 of 1,600 read.'],
  [{ read: 32, of: 32, total: 5000 }, '32 of ≈ 5,000 read: the rest is not loaded.'],
  [{ read: 12, of: 32, total: undefined }, '12 read: how many more there are is not known.'],
])('%j is told as “%s”', (run, words) => expect(readText(run)).toBe(words));
