import { StorageError } from '@/azure/protocol/errors';
import type { SentMessage } from '@/azure/protocol/model';
import type { Job } from '@/bulk/jobs/job';
import { JOURNAL_VERSION, type JournalEvent, type JournalHead } from '@/bulk/journal/journal';
import { createJournalWriter, type JournalWriter } from '@/bulk/journal/journal-writer';
import { journaledTarget } from '@/bulk/journal/journaled-target';
import { createDeferred } from '@/bulk/requests/deferred';
import type { Outcome } from '@/bulk/requests/outcome';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { holdLock } from '../tab/tab-identity';
import { nowOf } from '../time/connection-clocks';
import { lockName, tellJournals } from './journal-news';
import { fingerprint, journalStorage } from './journal-storage';

/** The journal of a job of this page. */
export type JobJournal = {
  /** Why the job could not be taken up again, as a sentence; undefined while it could. */
  readonly problem: string | undefined;
  /** The same queue, where all that the job changes is written ahead. */
  target: (target: QueueTarget) => QueueTarget;
  /** Notes what became of an item, which `keyOf` names. */
  ended: <Item>(keyOf: (item: Item) => string) => (outcome: Outcome<Item>) => void;
  /** Begins a journal for the items that are tried again. */
  again: <Item>(outcomes: readonly Outcome<Item>[]) => void;
  /** Forgets the journal once the job has ended, unless the end of the page ended it. */
  follow: (job: Pick<Job, 'finished' | 'progress' | 'subscribe'>) => void;
  /** Leaves the journal to whoever takes the job next. */
  leave: () => Promise<void>;
};

/** A job that is to be noted, as its dialog knows it. */
export type NewJournal = Omit<JournalHead, 'version' | 'id' | 'startedAt'>;

const NOT_SECURE = 'This page is not served securely, so that its tabs cannot be told apart.';
/** Between two messages to other tabs of how far a job is. */
const TELL_EVERY_MS = 1000;

/** True while the page is unloading, which ends requests without an answer, and with them its jobs. */
let isLeaving = false;
let isTracking = false;
/** Journals that this page writes, by id: of a job that runs here, or of one whose leases are released. */
const own = new Map<string, JournalUse>();
type JournalUse = 'run' | 'release';
export const ownUse = (id: string): JournalUse | undefined => own.get(id);

function trackLeaving(): void {
  if (isTracking) return;
  isTracking = true;
  addEventListener('pagehide', () => (isLeaving = true));
  // Back from the history: the page was not left after all.
  addEventListener('pageshow', () => (isLeaving = false));
}

/** Begins the journal of a job, which this tab owns until it ends. */
export const beginJournal = (parts: NewJournal): JobJournal => openJournal(newHead(parts), undefined);

const newHead = (parts: NewJournal): JournalHead => ({
  ...parts,
  version: JOURNAL_VERSION,
  id: crypto.randomUUID(),
  startedAt: nowOf(parts.from.connectionId),
});

/** A journal that this tab has taken: with so many parts; `release` ends the lock that it has on it. */
type Taken = { parts: number; release: () => void; use: JournalUse };

/** Writes on in the journal of a job that was cut off. */
export const continueJournal = (head: JournalHead, taken: Taken): JobJournal => openJournal(head, taken);

function openJournal(first: JournalHead, taken: Taken | undefined): JobJournal {
  trackLeaving();
  const copies = new Map<string, string>();
  const now = () => nowOf(first.from.connectionId);
  let nameOf: (item: unknown) => string = String;
  let current = { head: first, ...opened(first, now, taken) };
  if (taken) current.writer.note(['continued', now()]);

  /** What is written goes to the journal of the run that is under way. */
  const writer: Pick<JournalWriter, 'note' | 'writeAhead' | 'fingerprint'> = {
    note: (event) => current.writer.note(event),
    writeAhead: (event) => current.writer.writeAhead(event),
    fingerprint,
  };

  return {
    get problem() {
      return current.writer.problem;
    },
    target: (target) => journaledTarget(target, writer, copies),
    ended(keyOf) {
      nameOf = keyOf as typeof nameOf;
      return ({ item, kind, error, value }) => {
        const code = error instanceof StorageError && /^\w{0,64}$/.test(error.code ?? '') ? (error.code ?? '') : '';
        writer.note(['ended', keyOf(item), kind, code]);
        const { id: copy } = (value ?? {}) as Partial<SentMessage>;
        // Nothing of it is taken back any more.
        if (copy !== undefined) copies.delete(copy);
      };
    },
    again(outcomes) {
      const ids = outcomes.map(({ item }) => nameOf(item));
      // They are chosen by their keys now, whatever chose them before.
      const scope = {
        total: undefined,
        insertedBefore: undefined,
        filter: undefined,
        most: undefined,
        except: undefined,
      };
      const head = newHead({ ...current.head, ...scope, ids });
      current = { head, ...opened(head, now, undefined, () => seedsOf(outcomes, nameOf)) };
    },
    follow(job) {
      const run = current;
      const stopTelling = tellProgress(run.head.id, job);
      void job.finished.then(() => {
        stopTelling();
        if (!isLeaving) return run.end();
        // The page may come back from the history.
        addEventListener('pageshow', () => void run.end(), { once: true });
        return undefined;
      });
    },
    leave: () => current.leave(),
  };
}

/** Takes the lock of a journal, unless this tab has it, and writes to it. */
function opened(head: JournalHead, now: () => number, taken: Taken | undefined, seeds?: () => Promise<JournalEvent[]>) {
  const { id } = head;
  const over = createDeferred();
  own.set(id, taken?.use ?? 'run');
  const writer = createJournalWriter(head, {
    storage: journalStorage,
    now,
    fingerprint,
    ready: ready(),
    ...(taken && { parts: taken.parts }),
  });

  async function ready(): Promise<void> {
    if (!taken) {
      if (!('locks' in navigator)) throw new Error(NOT_SECURE);
      if (!(await holdLock(lockName(id), over.promise))) throw new Error('Another tab has this job.');
    }
    for (const event of (await seeds?.()) ?? []) writer.note(event);
  }

  function unlock(): void {
    own.delete(id);
    over.resolve();
    taken?.release();
    tellJournals();
  }

  void writer.settle().then(() => tellJournals());
  return {
    writer,
    async end() {
      await writer.end();
      await journalStorage.forget(id).catch(() => {});
      unlock();
    },
    async leave() {
      await writer.settle();
      await writer.end();
      unlock();
    },
  };
}

/** What a retry knows from the run before it. */
async function seedsOf<Item>(
  outcomes: readonly Outcome<Item>[],
  nameOf: (item: Item) => string,
): Promise<JournalEvent[]> {
  const events: JournalEvent[] = [];
  for (const { item, kind, copied, value } of outcomes) {
    const key = nameOf(item);
    if (copied && value) {
      const { id, receipt, visibleAt } = value as SentMessage;
      events.push(['sending', key, await fingerprint(copied.text)], ['sent', key, id, receipt, visibleAt.getTime()]);
    } else if (kind !== 'failed') events.push(['sending', key, '']);
  }
  return events;
}

function tellProgress(id: string, job: Pick<Job, 'progress' | 'subscribe'>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = job.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      const { done, failed, skipped, uncertain, total } = job.progress;
      tellJournals({ kind: 'progress', id, done: done + failed + skipped + uncertain, total });
    }, TELL_EVERY_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
