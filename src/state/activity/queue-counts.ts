import { create } from 'zustand';

/** A measured message count of a queue; undefined when the response hid it. */
export type CountSample = { /** Epoch milliseconds. */ at: number; count: number | undefined };

/** Enough for the sparkline: two and a half minutes at the usual live interval. */
const MOST_SAMPLES = 30;
const NONE: readonly CountSample[] = [];
const NO_TOTALS = { counted: 0, messages: 0 };

type AccountCounts = {
  samples: Map<string, readonly CountSample[]>;
  /** Over the latest known count of each queue. */
  totals: { counted: number; messages: number };
};

// In memory only. The maps change in place, since copying 5,000 entries for each count is slow.
const store = create<{ accounts: Map<string, AccountCounts> }>(() => ({ accounts: new Map() }));
const changed = () => store.setState(({ accounts }) => ({ accounts }));

/** The counts of samples as a line; undefined for fewer than three, or when they are all alike: a flat line says nothing. */
export function trendOf(samples: readonly CountSample[]): number[] | undefined {
  const counts = samples.flatMap(({ count }) => count ?? []);
  return counts.length < 3 || counts.every((count) => count === counts[0]) ? undefined : counts;
}

/** Samples of one queue seen in this tab, oldest first, at most 30. */
export const useCountSamples = (connectionId: string, queue: string) =>
  store(({ accounts }) => accounts.get(connectionId)?.samples.get(queue) ?? NONE);

/** Number of queues of the account with a known count, and the sum of the counts. */
export const useCountTotals = (connectionId: string) =>
  store(({ accounts }) => accounts.get(connectionId)?.totals ?? NO_TOTALS);

/** A copy of the latest known count of each queue; queues without one are absent. */
export function latestCounts(connectionId: string): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const [queue, samples] of store.getState().accounts.get(connectionId)?.samples ?? []) {
    const count = samples.at(-1)?.count;
    if (count !== undefined) latest.set(queue, count);
  }
  return latest;
}

export const latestSample = (connectionId: string, queue: string): CountSample | undefined =>
  store.getState().accounts.get(connectionId)?.samples.get(queue)?.at(-1);

export function recordCount(connectionId: string, queue: string, sample: CountSample) {
  const counts = of(connectionId);
  const samples = counts.samples.get(queue) ?? NONE;
  counts.totals = replaced(counts.totals, samples.at(-1)?.count, sample.count);
  counts.samples.set(queue, [...samples.slice(1 - MOST_SAMPLES), sample]);
  changed();
}

/** Drops the samples of all other queues. */
export function keepCountsOf(connectionId: string, queues: ReadonlySet<string>) {
  const counts = of(connectionId);
  for (const [queue, samples] of counts.samples) {
    if (queues.has(queue)) continue;
    counts.totals = replaced(counts.totals, samples.at(-1)?.count, undefined);
    counts.samples.delete(queue);
  }
  changed();
}

function of(connectionId: string): AccountCounts {
  const { accounts } = store.getState();
  const counts = accounts.get(connectionId) ?? { samples: new Map(), totals: NO_TOTALS };
  accounts.set(connectionId, counts);
  return counts;
}

const replaced = (totals: AccountCounts['totals'], before: number | undefined, after: number | undefined) => ({
  counted: totals.counted + Number(after !== undefined) - Number(before !== undefined),
  messages: totals.messages + (after ?? 0) - (before ?? 0),
});
