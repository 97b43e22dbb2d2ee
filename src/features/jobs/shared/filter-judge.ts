import { textBytes } from '@/azure/protocol/message-text';
import type { Candidate, Judge, Judged } from '@/bulk/leasing/leasing';
import type { Query } from '@/search/protocol';
import { type RowFilter, rowTerms } from '@/search/row-query';
import type { Answer, Row } from '@/search/search-answer';

/** Ms without a question after which the worker is ended. */
const IDLE_MS = 30_000;

type Search = {
  ask: (rows: readonly Row[], query: Query, options: { signal: AbortSignal; now: number }) => Promise<Answer<Row>>;
  decodeBy: (reading: Pick<RowFilter, 'steps' | 'own'>) => void;
  close: () => void;
};

/**
 * Tests messages against the filter of the grid, in a worker of its own, which ends when it is idle. `now`: epoch ms by the service's
 * clock, read at the first test, so that a condition of age has one meaning for the whole job. A message that was received for the
 * test has one dequeue less than it says now. Throws when a part of the filter cannot be read, or stops at every message.
 */
export function filterJudge(
  filter: RowFilter,
  { now, open = openWorker }: { now: () => number; open?: () => Promise<Search> },
): Judge {
  const { terms, problems } = rowTerms(filter);
  const { expressions, picked } = filter;
  const query: Query = { terms, expressions, picked, namesUntested: true };
  let search: Promise<Search> | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let startedAt: number | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function ask(rows: readonly Row[], options: { signal: AbortSignal; now: number }): Promise<Judged> {
    const opened = await (search ??= open());
    opened.decodeBy({ steps: filter.steps, own: filter.own });
    const answer = await opened.ask(rows, query, options);
    const broken = answer.troubles.find(({ count, isStopped }) => count === undefined && !isStopped);
    if (broken) throw new Error(`The filter cannot be applied: ${broken.message}`);
    const stopped = answer.troubles.find(({ isStopped }) => isStopped);
    if (!stopped) {
      const { untested } = answer;
      return { wanted: new Set(answer.rows.flatMap(({ id }) => (untested.has(id) ? [] : id))), untested };
    }
    // The expression is left out of what follows: it has a worker anew, and a single message is named.
    opened.close();
    const [first] = rows;
    if (rows.length === 1 && first) return { wanted: new Set(), untested: new Map([[first.id, stopped.message]]) };
    return apart(rows, options);
  }

  /** Asks about one message after the other. */
  async function apart(rows: readonly Row[], options: Parameters<typeof ask>[1]): Promise<Judged> {
    const wanted = new Set<string>();
    const untested = new Map<string, string>();
    for (const row of rows) {
      const one = await ask([row], options);
      for (const id of one.wanted) wanted.add(id);
      for (const [id, reason] of one.untested) untested.set(id, reason);
    }
    return { wanted, untested };
  }

  async function judge(candidates: readonly Candidate[]): Promise<Judged> {
    const [problem] = problems;
    if (problem) throw new Error(`The filter cannot be applied: ${problem.message}`);
    if (candidates.length === 0) return { wanted: new Set(), untested: new Map() };
    clearTimeout(idle);
    startedAt ??= now();
    try {
      return await ask(candidates.map(rowOf), { signal: NEVER, now: startedAt });
    } finally {
      idle = setTimeout(() => {
        void search?.then(({ close }) => close());
        search = undefined;
      }, IDLE_MS);
    }
  }

  // One question at a time: a later one would end an earlier.
  return (candidates) => {
    const turn = last.then(() => judge(candidates));
    last = turn.catch(() => {});
    return turn;
  };
}

const NEVER = new AbortController().signal;

async function openWorker(): Promise<Search> {
  const { openSearch } = await import('@/search/search');
  return openSearch<Row>();
}

/** A lease ends some time, which no condition asks for. */
const LEASED = { endsAt: new Date(0) };

const rowOf = ({ message, isReceived }: Candidate): Row => ({
  id: message.id,
  size: textBytes(message.text),
  message: isReceived ? { ...message, dequeueCount: message.dequeueCount - 1 } : message,
  lease: isReceived ? undefined : LEASED,
});
