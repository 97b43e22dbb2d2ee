import { BRIEF, type Limits, LONGER, WHOLE } from '@/azure/bodies/budget';
import { PartError } from '@/parts/part-error';
import { arrivedWorker, type PartWorker, startWorker } from '@/parts/part-worker';
import type { FromWorker, TaskRequest } from './protocol';
// oxlint-disable-next-line import/default -- Vite replaces this import by the URL of the worker's file
import workerUrl from './search-worker?worker&url';
import { asItCame, type Results, shortResult, type Task, type TaskOf } from './task';

/** Time for one text, which its counted limits keep far from; a worker that needs longer is ended. */
const TIME_LIMIT_MS = new Map<Limits, number>([
  [BRIEF, 2000],
  [WHOLE, 5000],
  [LONGER, 20_000],
]);
/** After so long a task goes on aside, and the others wait for it no more. */
const ASIDE_MS = 250;
/** Tasks that go on aside; of more, the first ends. */
const MOST_ASIDE = 2;
/** Time in which a task ends itself when nobody wants it any more. */
const DROP_MS = 50;

type Job = {
  task: Task;
  isUrgent: boolean;
  resolve: (result: Results[Task['kind']]) => void;
  reject: (cause: unknown) => void;
};

/** A worker and what it works on. `since`: when it began, in milliseconds; loading the worker does not count. */
type Lane = {
  worker: PartWorker<TaskRequest>;
  job: Job | undefined;
  since: number | undefined;
  timers: ReturnType<typeof setTimeout>[];
};

type DecoderOptions = {
  /** Replaces the time for one text. */
  timeLimitMs?: number;
  asideMs?: number;
};

/** `isUrgent`: before all that is not. */
type TaskOptions = { signal?: AbortSignal; isUrgent?: boolean };

/**
 * Creates a decoder that works in a worker of its own, one text after the other. The worker starts with the first text. What
 * takes long does not keep the others waiting: it goes on in its worker, and another starts for them.
 */
export function createDecoder({ timeLimitMs, asideMs = ASIDE_MS }: DecoderOptions = {}) {
  let lane: Lane | undefined;
  let aside: Lane[] = [];
  let waiting: Job[] = [];

  function open(): Lane {
    const worker = startWorker<TaskRequest, FromWorker>(workerUrl, 'decode', {
      message(data) {
        if (data.kind === 'working') watch(opened);
        else if (data.kind === 'done') finish(opened, data.result);
        else if (data.kind === 'dropped') finish(opened);
        else if (data.kind === 'broken') end(opened, data.message);
      },
      failure: (cause) =>
        cause instanceof PartError ? giveUp(opened, cause) : end(opened, 'the decoder does not run'),
    });
    const opened: Lane = { worker, job: undefined, since: undefined, timers: [] };
    return opened;
  }

  function watch(working: Lane) {
    working.since = performance.now();
    const limits = working.job && 'limits' in working.job.task ? working.job.task.limits : WHOLE;
    const limitMs = timeLimitMs ?? TIME_LIMIT_MS.get(working.job?.task.kind === 'preview' ? BRIEF : limits);
    working.timers.push(
      setTimeout(() => end(working, 'took too long'), limitMs),
      setTimeout(next, asideMs),
    );
  }

  function next() {
    const job = waiting[0];
    if (!job) return;
    if (lane?.job) {
      const isLong = lane.since !== undefined && performance.now() - lane.since >= asideMs;
      if (!isLong) return;
      aside.push(lane);
      lane = undefined;
      if (aside.length > MOST_ASIDE && aside[0]) end(aside[0], 'took too long');
    }
    // Ending one may have begun the next.
    if (lane?.job || waiting[0] !== job) return;
    lane ??= open();
    waiting.shift();
    lane.job = job;
    lane.worker.post({ kind: 'task', task: job.task });
  }

  /** Gives the result of a lane's task, and the lane its next one. */
  function finish(done: Lane, result?: Results[Task['kind']]) {
    for (const timer of done.timers) clearTimeout(timer);
    const { job } = done;
    Object.assign(done, { job: undefined, since: undefined, timers: [] });
    if (job && result !== undefined) job.resolve(result);
    if (done !== lane) done.worker.end();
    aside = aside.filter((one) => one !== done);
    next();
  }

  /** Ends a worker; the text that it was at stays as it came. */
  function end(ended: Lane, stopped: string) {
    ended.worker.end();
    if (lane === ended) lane = undefined;
    finish(ended, ended.job && asItCame(ended.job.task, stopped));
  }

  /** Ends all tasks that have not begun, since the worker's file did not arrive: nothing is known of their texts. */
  function giveUp(missing: Lane, cause: PartError) {
    const given = [missing.job, ...waiting.splice(0)];
    missing.job = undefined;
    end(missing, '');
    for (const job of given) job?.reject(cause);
  }

  /** Ends a task that nobody wants any more. */
  function drop(job: Job) {
    waiting = waiting.filter((one) => one !== job);
    const working = [lane, ...aside].find((one) => one?.job === job);
    if (!working) return;
    working.worker.post({ kind: 'drop' });
    working.timers.push(setTimeout(() => end(working, 'not wanted'), DROP_MS));
  }

  /**
   * Does a task off the page, unless it is a look at a short text; the rows wait for what is urgent. Whatever is in the text, it
   * rejects only when `signal` aborts.
   * @throws PartError when the worker's file does not arrive
   */
  function run<Kind extends Task['kind']>(
    task: TaskOf<Kind>,
    { signal, isUrgent = false }: TaskOptions = {},
  ): Promise<Results[Kind]> {
    const short = shortResult(task);
    if (short !== undefined) return Promise.resolve(short);
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const job: Job = { task, isUrgent, resolve: resolve as Job['resolve'], reject };
      signal?.addEventListener('abort', () => {
        drop(job);
        reject(signal.reason as Error);
      });
      const place = isUrgent ? waiting.findIndex((one) => !one.isUrgent) : -1;
      waiting.splice(place < 0 ? waiting.length : place, 0, job);
      next();
    });
  }

  return {
    run,
    /** Resolves once the worker's file is here. */
    arrived: () => arrivedWorker(workerUrl),
    close() {
      waiting = [];
      for (const one of [lane, ...aside]) if (one) end(one, 'closed');
    },
  };
}

/** The decoder of the rows, the details, the editor and the files. */
export const decoder = createDecoder();
