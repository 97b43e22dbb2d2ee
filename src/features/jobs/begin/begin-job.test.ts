import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startJob } from '@/bulk/jobs/start-job';
import type { OutcomeKind } from '@/bulk/requests/outcome';
import { areJobsOpen, currentJobs, openJobs } from '@/state/jobs/job-store';
import { readToasts } from '@/ui/overlay/toast-store';
import { jobScene, toasts } from '../jobs.fixture';
import { beginJob } from './begin-job';

const announce = vi.hoisted(() => vi.fn<(text: string) => void>());
vi.mock('@/ui/feedback/live-region', async (original) => ({
  ...(await original<typeof import('@/ui/feedback/live-region')>()),
  announce,
}));

vi.hoisted(() => vi.stubGlobal('addEventListener', () => {}));
const openDialog = vi.hoisted(() => vi.fn<(open: unknown) => void>());
vi.mock('@/state/navigation/open-dialog', () => ({ openDialog, currentDialog: () => undefined }));

let scene: ReturnType<typeof jobScene>;
beforeEach(() => {
  scene = jobScene();
});

/** A job whose items end with these outcomes. */
const ending = (kinds: readonly OutcomeKind[]) =>
  startJob<number>({
    source: kinds.keys(),
    work: async (item, previous) => ({ item, kind: previous ? 'done' : (kinds[item] ?? 'done') }),
    total: kinds.length,
  });

function begin(kinds: readonly OutcomeKind[], more: Partial<Parameters<typeof beginJob>[1]> = {}) {
  const { client, targetOf } = scene;
  const begun = { kind: 'move', where: 'a to b', noun: 'message', changes: [targetOf('a'), targetOf('b')] } as const;
  return beginJob(client, { ...begun, job: ending(kinds), ...more });
}

/** A job of eight items, whose next one is done by the function. */
function stepped() {
  const waiting: (() => void)[] = [];
  const { job } = begin([], {
    job: startJob<number>({
      source: Array.from({ length: 8 }, (_, item) => item),
      work: async (item) => {
        await new Promise<void>((done) => waiting.push(done));
        return { item, kind: 'done' };
      },
      total: 8,
    }),
  });
  return {
    job,
    next: async () => {
      await vi.waitFor(() => expect(waiting).not.toEqual([]));
      waiting.shift()?.();
    },
  };
}
const said = () => announce.mock.calls.map(([text]) => text);

describe('how far a job is', () => {
  beforeEach(() => announce.mockClear());
  afterEach(() => vi.restoreAllMocks());

  test('is not said in the first three seconds, and the end is said by its toast alone', async () => {
    const { job, next } = stepped();
    for (let item = 0; item < 8; item++) await next();
    await job.finished;
    await vi.waitFor(() => expect(toasts()).toHaveLength(1));
    expect(said()).toEqual([]);
    expect(readToasts()[0]?.said).toBeUndefined();
  });

  test('is said from where a job turns out to take long, before its first quarter', async () => {
    const { job, next } = stepped();
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 3000);
    for (let item = 0; item < 8; item++) {
      await next();
      await vi.waitFor(() => expect(job.progress.done).toBe(item + 1));
    }
    await job.finished;
    expect(said()).toEqual(['Move job: running', 'Move job: 25%', 'Move job: 50%', 'Move job: 75%']);
  });

  test('is said at each quarter after them, the last with the toast', async () => {
    const { job, next } = stepped();
    await next();
    await next();
    await vi.waitFor(() => expect(job.progress.done).toBe(2));
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 3000);
    for (let item = 2; item < 8; item++) await next();
    await job.finished;
    await vi.waitFor(() => expect(toasts()).toHaveLength(1));
    expect(said()).toEqual(['Move job: 25%', 'Move job: 50%', 'Move job: 75%']);
    expect(readToasts()[0]?.said).toBe('Move job: 100%');
  });
});

describe('the end of a job is announced', () => {
  test.each<[OutcomeKind[], string]>([
    [['done'], 'success'],
    [[], 'success'],
    [['done', 'skipped'], 'success'],
    [['done', 'failed'], 'warn'],
    [['done', 'maybeDone'], 'warn'],
    [['maybeTwice'], 'warn'],
    [['skipped', 'inBoth'], 'warn'],
  ])('outcomes %j end in a toast of tone %s', async (kinds, tone) => {
    const { job } = begin(kinds);
    openJobs(true);
    await job.finished;
    await vi.waitFor(() => expect(toasts()).toMatchObject([{ tone, action: undefined }]));
  });

  test('a cancelled job ends in a neutral toast, a failed one in a warning', async () => {
    const cancelled = begin(['done', 'done']);
    cancelled.job.cancel();
    await cancelled.job.finished;
    const failing = startJob<number>({
      // oxlint-disable-next-line require-yield -- it fails before it has anything
      source: (function* (): Generator<number> {
        throw new Error('The queue is gone.');
      })(),
      work: async (item) => ({ item, kind: 'done' }),
    });
    begin([], { job: failing });
    await failing.finished;
    await vi.waitFor(() =>
      expect(toasts()).toMatchObject([
        { title: 'Cancelled: moved 0 of 2 messages', tone: 'default' },
        { title: 'Stopped: moved 0 messages', tone: 'warn' },
      ]),
    );
  });

  test('the toast of a job that is not on screen leads to it', async () => {
    begin(['failed']);
    openJobs(false);
    begin(['done']);
    openJobs(false);
    await vi.waitFor(() => expect(toasts().map(({ action }) => action)).toEqual(['Show jobs', undefined]));
    readToasts()[0]?.action?.onClick();
    expect(areJobsOpen()).toBe(true);
    expect(openDialog).not.toHaveBeenCalled();
  });

  test('on a phone the toast leads to the dialog of jobs', async () => {
    scene = jobScene({ isDesk: false });
    begin(['failed']);
    openJobs(true);
    await vi.waitFor(() => expect(toasts().map(({ action }) => action)).toEqual(['Show jobs']));
    openJobs(false);
    readToasts()[0]?.action?.onClick();
    expect(areJobsOpen()).toBe(false);
    expect(openDialog).toHaveBeenCalledExactlyOnceWith({ kind: 'jobs' });
  });
});

test('a job is listed as soon as it begins, the newest first', () => {
  const [first, second] = [begin(['done']), begin(['done'], { where: 'b to c' })];
  expect(areJobsOpen()).toBe(true);
  expect(currentJobs().map(({ id }) => id)).toEqual([second.id, first.id]);
});

test('the queues that a job changed are fetched again once it has ended, and not before', async () => {
  const invalidate = vi.spyOn(scene.client, 'invalidateQueries');
  const { job } = begin(['done']);
  expect(invalidate).not.toHaveBeenCalled();
  await job.finished;
  await vi.waitFor(() => expect(invalidate).toHaveBeenCalledTimes(2));
  const asked = invalidate.mock.calls.map(([filters]) => filters?.queryKey);
  expect(asked).toEqual(['a', 'b'].map((queue) => [scene.connectionId, 'queues', queue]));
});

describe('a retry', () => {
  const kinds: OutcomeKind[] = ['done', 'failed', 'skipped', 'maybeDone', 'inBoth', 'maybeTwice'];

  test.each([
    [false, 2],
    [true, 4],
  ])(
    'a retry that takes uncertain ones too (%s) is a job of its own over %i items, and announces its end',
    async (uncertain, count) => {
      const ended: number[] = [];
      const listed = begin(kinds, { onEnd: ({ id }) => ended.push(id) });
      await listed.job.finished;
      listed.retry?.(uncertain);
      const [again] = currentJobs();
      expect(again?.id).not.toBe(listed.id);
      expect(again).toMatchObject({ kind: 'move', where: 'a to b' });
      await again?.job.finished;
      expect(again?.job.counts).toMatchObject({ done: count, failed: 0 });
      await vi.waitFor(() => expect(ended).toEqual([listed.id, again?.id]));
      listed.retry?.(uncertain);
      expect(currentJobs()).toHaveLength(2);
    },
  );

  test('a retry can be retried', async () => {
    const listed = begin(['failed']);
    await listed.job.finished;
    listed.retry?.(false);
    expect(currentJobs()[0]?.retry).toBeDefined();
  });

  test('a job whose failed items cannot be done apart has no retry', () => {
    expect(begin(kinds, { canRetry: false }).retry).toBeUndefined();
  });
});
