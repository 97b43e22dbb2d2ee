import { encodeEvents, encodeHead } from './codec';
import { type JournalEvent, type JournalHead, type JournalStorage, MOST_CHARACTERS, MOST_JOURNALED } from './journal';

/** Writes the journal of one job. */
export type JournalWriter = {
  readonly id: string;
  /** Why the job could not be taken up again, as a sentence; undefined while it could. */
  readonly problem: string | undefined;
  /** Notes what has happened; it is stored with the next write. */
  note: (event: JournalEvent) => void;
  /** Notes what is about to be sent, and waits until all that is noted is stored, or cannot be. Never rejects. */
  writeAhead: (event: JournalEvent) => Promise<void>;
  /** Waits until all that is noted is stored, or cannot be. Never rejects. */
  settle: () => Promise<void>;
  /** Fingerprint of a text, by which it is known again; undefined where there is none. */
  fingerprint: (text: string) => Promise<string>;
  /** Ends the writing: nothing is noted any more. Settles once nothing is written any more either. */
  end: () => Promise<void>;
};

export type WriterOptions = {
  storage: JournalStorage;
  /** Epoch ms by the clock of the connection. */
  now: () => number;
  fingerprint: (text: string) => Promise<string>;
  /** Resolves once the job may be written: it is owned by this tab. Rejects with the reason when it cannot be. */
  ready?: Promise<unknown>;
  /** Parts that are stored already, of a job that goes on. */
  parts?: number;
};

const TOO_LARGE = 'The job is too large for that: no more is noted of it.';

/**
 * Writes a journal, all that waits in one write. When the storage is full or forbidden the job goes on, and `problem` says that
 * it could not be taken up again; what was stored of it is removed, since it would tell an old standing.
 */
export function createJournalWriter(head: JournalHead, options: WriterOptions): JournalWriter {
  const { storage, now, fingerprint, ready, parts = 0 } = options;
  const { id } = head;
  let waiting: JournalEvent[] = [];
  let part = parts;
  let characters = 0;
  let messages = head.ids?.length ?? 0;
  let problem: string | undefined;
  let isEnded = false;
  let writing: Promise<void> = begin();
  /** A write that has not taken what waits yet. */
  let next: Promise<void> | undefined;

  async function begin(): Promise<void> {
    try {
      await ready;
      // The job was over first.
      if (isEnded) return;
      if (messages > MOST_JOURNALED) return fail(TOO_LARGE);
      if (parts === 0) await storage.begin(id, encodeHead(head));
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }

  async function write(): Promise<void> {
    const events = waiting;
    waiting = [];
    if (problem !== undefined || isEnded || events.length === 0) return;
    for (const event of events) if (event[0] === 'received') messages += event[2].length;
    const text = encodeEvents(now(), events);
    characters += text.length;
    if (characters > MOST_CHARACTERS || messages > 2 * MOST_JOURNALED) return fail(TOO_LARGE);
    try {
      await storage.append(id, ++part, text);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }

  function fail(reason: string): void {
    if (isEnded || problem !== undefined) return;
    problem = reason;
    waiting = [];
    storage.forget(id).catch(() => {});
  }

  function settle(): Promise<void> {
    if (problem !== undefined || isEnded) return Promise.resolve();
    next ??= writing.then(() => {
      next = undefined;
      writing = write();
      return writing;
    });
    return next;
  }

  function note(event: JournalEvent): void {
    if (problem === undefined && !isEnded) waiting.push(event);
  }

  return {
    id,
    get problem() {
      return problem;
    },
    note,
    writeAhead(event) {
      note(event);
      return settle();
    },
    settle,
    fingerprint,
    async end() {
      isEnded = true;
      waiting = [];
      await next;
      await writing;
    },
  };
}
