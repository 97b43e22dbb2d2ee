import type { Job } from '@/bulk/jobs/job';
import { type Counts, noCounts } from '@/bulk/jobs/progress';
import { connectionOf } from '../connections/connections';
import { type JobDialog, type MessageScope, openDialog } from '../navigation/open-dialog';
import { sessionKeys } from '../tab/session-storage-keys';
import { openTabs, tabName } from '../tab/tab-identity';
import { listJob } from './job-list';
import { isEnded, type JobKind, type ListedJob, openJobs } from './job-store';

/*
 * Running jobs in `sessionStorage`, without texts and receipts: one that a reload cuts off is told by the next page, which can go
 * on with it.
 */

const PREFIX = 'queuescope.jobs.';
/** Distinguishes this page's jobs from those of earlier pages. */
const page = `${PREFIX}${Date.now().toString(36)}.`;
/** Between two writes of how far a job is. */
const WRITE_EVERY_MS = 1000;

type Note = {
  tab: string | undefined;
  kind: JobKind;
  where: string;
  noun: ListedJob['noun'];
  connectionId: string;
  /** Epoch ms. */
  startedAt: number;
  counts: Counts;
  total?: number | undefined;
  again?: JobDialog | undefined;
};

/**
 * Begun again, these find what is left: what is done is out of the queue, or as it is to be. The others would add, send or save a
 * second time.
 */
const CAN_GO_ON: ReadonlySet<JobDialog['kind']> = new Set([
  'moveMessages',
  'deleteMessages',
  'clearQueues',
  'setVisibility',
]);

/** Stores a job while it runs; `dialog` began it. */
export function noteJob(listed: ListedJob, connectionId: string, dialog: unknown): void {
  const { id, job, kind, where, noun, startedAt, dryRun } = listed;
  if (dryRun) return;
  const key = `${page}${id}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLeaving = false;
  const again = canGoOn(dialog) ? dialog : undefined;

  function write() {
    timer = undefined;
    const { counts, progress } = job;
    const note: Note = {
      tab: tabName(),
      kind,
      where,
      noun,
      connectionId,
      startedAt: startedAt.getTime(),
      counts,
      total: progress.total,
      again,
    };
    try {
      sessionStorage.setItem(key, JSON.stringify(note));
    } catch {
      // No storage, or a full one.
    }
  }
  function leave() {
    write();
    isLeaving = true;
  }
  // Back from the history: the page was not reloaded after all.
  function stay() {
    isLeaving = false;
    if (isEnded(job)) end();
  }
  function end() {
    clearTimeout(timer);
    stop();
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', stay);
    forget(key);
  }
  write();
  addEventListener('pagehide', leave);
  addEventListener('pageshow', stay);
  const stop = job.subscribe(() => (timer ??= setTimeout(write, WRITE_EVERY_MS)));
  // A page that goes away ends its requests, and with them the job.
  void job.finished.then(() => !isLeaving && end());
}

function canGoOn(dialog: unknown): dialog is JobDialog {
  const { kind, action, ...scope } = (dialog ?? {}) as {
    kind?: JobDialog['kind'];
    action?: string;
  } & Partial<MessageScope>;
  if (kind === undefined || !CAN_GO_ON.has(kind)) return false;
  // A requeue of the whole queue would take what it has added.
  return action === 'requeue' ? scope.ids !== undefined || scope.isShownMeant === true : action !== 'copy';
}

/** Lists the jobs that the pages of this tab before this one did not end, and shows them. */
export async function restoreCutOffJobs(): Promise<void> {
  const keys = sessionKeys(PREFIX).filter((key) => !key.startsWith(page));
  if (keys.length === 0) return;
  const open = await openTabs().catch(() => new Set<string>());
  const notes = keys.map((key) => ({ key, note: read(key) }));
  for (const { key, note } of notes.toSorted((one, other) => startOf(one.note) - startOf(other.note))) {
    // A duplicated tab has the notes of the tab that it was made of, which goes on there.
    if (!note || (note.tab !== tabName() && open.has(note.tab ?? ''))) forget(key);
    else list(note, key);
  }
}

const startOf = (note: Note | undefined): number => note?.startedAt ?? 0;

function list(note: Note, key: string) {
  const { kind, where, noun, connectionId, startedAt, again } = note;
  const job = endedJob(note);
  listJob({
    kind,
    where,
    noun,
    job,
    startedAt: new Date(startedAt),
    cutOff: { connectionId, again, forget: () => forget(key) },
    ...(again && {
      after: {
        label: 'Go on',
        run: () => openDialog(again),
        isOffered: () => connectionOf(connectionId) !== undefined,
      },
    }),
  });
  openJobs(true);
}

function read(key: string): Note | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '') as Note;
  } catch {
    return undefined;
  }
}

function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // No storage.
  }
}

const nothing = () => {};

/** What is known of a job whose page is gone. */
function endedJob({ counts: known, total, startedAt }: Note): Job {
  const counts = { ...noCounts(), ...known };
  const { done, failed, skipped, maybeDone, maybeTwice, inBoth } = counts;
  return {
    state: 'cancelled',
    progress: {
      done,
      failed,
      skipped,
      uncertain: maybeDone + maybeTwice + inBoth,
      working: 0,
      total,
      rate: 0,
      secondsLeft: undefined,
      workTook: undefined,
      walk: undefined,
      requests: undefined,
    },
    counts,
    outcomes: [],
    error: undefined,
    plan: undefined,
    sent: undefined,
    forecast: () => undefined,
    leasing: undefined,
    version: 0,
    finished: Promise.resolve(),
    pause: nothing,
    resume: nothing,
    cancel: nothing,
    leasedNow: () => ({ messages: 0, until: 0 }),
    canAbandon: false,
    abandon: nothing,
    subscribe: () => nothing,
    isRetried: false,
    retryFailed: () => undefined,
    report: () => ({ state: 'cancelled', startedAt: new Date(startedAt).toISOString(), counts, troubles: [] }),
  };
}
