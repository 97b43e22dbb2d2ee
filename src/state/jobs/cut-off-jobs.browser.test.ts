import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startJob } from '@/bulk/jobs/start-job';
import type { OpenDialog } from '../navigation/open-dialog';
import { noteJob, restoreCutOffJobs } from './cut-off-jobs';
import { dismissJob, listJob } from './job-list';
import { currentJobs } from './job-store';

const MOVE: OpenDialog = {
  kind: 'moveMessages',
  action: 'move',
  connectionId: 'harborlane',
  queue: 'orders',
  ids: ['a', 'b', 'c'],
};
const notes = () => Object.keys(localAndSession()).filter((name) => name.startsWith('queuescope.jobs.'));
const localAndSession = () => Object.fromEntries([...Object.entries(localStorage), ...Object.entries(sessionStorage)]);

beforeEach(clear);
afterEach(clear);
function clear() {
  for (const { id } of currentJobs()) dismissJob(id);
  sessionStorage.clear();
}

/** What a reload leaves: the notes, of another page, and no job. */
function reload() {
  const kept = notes().map((name) => [name, sessionStorage.getItem(name) ?? ''] as const);
  clear();
  for (const [name, note] of kept) sessionStorage.setItem(name.replace(/jobs\.\w+\./, 'jobs.earlier.'), note);
}

/** A job of three items, of which the first `done` are done and the others wait. */
function job(done: number) {
  const ends: (() => void)[] = [];
  const started = startJob<number>({
    source: [0, 1, 2],
    total: 3,
    concurrency: 3,
    work: (item) =>
      item < done
        ? Promise.resolve({ item, kind: 'done' })
        : new Promise((resolve) => ends.push(() => resolve({ item, kind: 'done' }))),
  });
  return { started, end: () => ends.forEach((call) => call()) };
}

test('a running job is noted without texts; the next page tells it, and offers to go on where nothing is done twice', async () => {
  const { started, end } = job(2);
  noted(started, MOVE);
  const copy = job(0);
  noted(copy.started, { ...MOVE, action: 'copy' });
  const send = job(0);
  noted(send.started, {
    kind: 'sendCopies',
    connectionId: 'harborlane',
    queue: 'orders',
    text: 'a secret text',
  });
  await vi.waitFor(() => expect(started.progress.done).toBe(2));
  dispatchEvent(new Event('pagehide'));
  // What a page that goes away aborts does not forget its job.
  for (const one of [{ end }, copy, send]) one.end();
  await started.finished;
  expect(notes()).toHaveLength(3);
  expect(JSON.stringify(localAndSession())).not.toContain('a secret text');

  reload();
  await restoreCutOffJobs();
  const told = currentJobs().map(({ where, cutOff, after, job: { state, progress } }) => [
    where,
    state,
    progress.done,
    progress.total,
    cutOff?.again?.kind,
    after?.label,
  ]);
  expect(told.toSorted((one, other) => String(other).localeCompare(String(one)))).toEqual([
    ['sendCopies', 'cancelled', 0, 3, undefined, undefined],
    ['moveMessages', 'cancelled', 2, 3, 'moveMessages', 'Go on'],
    ['moveMessages', 'cancelled', 0, 3, undefined, undefined],
  ]);
  // Nothing is offered as long as the connection is locked.
  expect(currentJobs().map(({ after }) => after?.isOffered?.() ?? false)).toEqual([false, false, false]);

  // It is told until it is dismissed.
  expect(notes()).toHaveLength(3);
  for (const { id } of currentJobs()) dismissJob(id);
  expect(notes()).toEqual([]);
});

test('a job that ends is forgotten', async () => {
  const { started, end } = job(0);
  noted(started, MOVE);
  expect(notes()).toHaveLength(1);
  await vi.waitFor(() => expect(started.progress.working).toBe(3));
  end();
  await started.finished;
  await vi.waitFor(() => expect(notes()).toEqual([]));
});

test('a note that is damaged, or of a tab that is still open, is left out', async () => {
  sessionStorage.setItem('queuescope.jobs.1.1', '{');
  sessionStorage.setItem('queuescope.jobs.1.2', JSON.stringify({ tab: 'another', counts: {}, startedAt: 1 }));
  let release: (() => void) | undefined;
  const held = navigator.locks.request(
    'queuescope-tab:another',
    () => new Promise<void>((resolve) => (release = resolve)),
  );
  await vi.waitFor(async () =>
    expect((await navigator.locks.query()).held?.map(({ name }) => name)).toContain('queuescope-tab:another'),
  );
  await restoreCutOffJobs();
  expect(currentJobs()).toEqual([]);
  expect(notes()).toEqual([]);
  release?.();
  await held;
});

function noted(started: ReturnType<typeof job>['started'], dialog: OpenDialog) {
  noteJob(listJob({ kind: 'move', where: dialog.kind, noun: 'message', job: started }), 'harborlane', dialog);
}

test('a requeue goes on where its messages are known by their ids, and not of a whole queue, whose end it added to', async () => {
  const whole = { kind: 'moveMessages', action: 'requeue', connectionId: 'harborlane', queue: 'orders' } as const;
  const shown = { ids: ['a'], reach: 1 };
  const jobs = [whole, { ...whole, shown }, { ...whole, shown, isShownMeant: true }, { ...whole, ids: ['a'] }].map(
    (dialog) => {
      const { started } = job(3);
      noted(started, dialog);
      return started;
    },
  );
  const again = notes().map((name) => 'again' in (JSON.parse(sessionStorage.getItem(name) ?? '{}') as object));
  expect(again.filter(Boolean)).toHaveLength(2);
  expect(again).toHaveLength(4);
  await Promise.all(jobs.map(({ finished }) => finished));
});
