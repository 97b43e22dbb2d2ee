import { create } from 'zustand';

/** One look at a queue: how many messages it said, or undefined when the answer hid the number. */
export type CountSample = { /** Epoch milliseconds. */ at: number; count: number | undefined };

/** Enough for the sparkline: two and a half minutes at the usual live interval. */
const COUNTS_KEPT = 30;
const NONE: readonly CountSample[] = [];
const NO_TOTALS = { counted: 0, messages: 0 };

type AccountCounts = {
  samples: Map<string, readonly CountSample[]>;
  /** Over the latest sample of each queue that told a number. */
  totals: { counted: number; messages: number };
};

// Memory only. The maps change in place, since copying 5,000 entries for each count that lands would be felt.
const store = create<{ accounts: Map<string, AccountCounts> }>(() => ({ accounts: new Map() }));
const changed = () => store.setState(({ accounts }) => ({ accounts }));

/** Samples of one queue seen in this tab, oldest first, at most 30. */
export const useCountSamples = (connectionId: string, queue: string) =>
  store(({ accounts }) => accounts.get(connectionId)?.samples.get(queue) ?? NONE);

/** How many queues of the account told their count so far, and the sum. */
export const useCountTotals = (connectionId: string) =>
  store(({ accounts }) => accounts.get(connectionId)?.totals ?? NO_TOTALS);

/** The latest known count of each queue, as a copy that does not change; queues with none are absent. */
export function latestCounts(connectionId: string): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const [queue, samples] of store.getState().accounts.get(connectionId)?.samples ?? []) {
    const count = samples.at(-1)?.count;
    if (count !== undefined) latest.set(queue, count);
  }
  return latest;
}

/** The latest look at one queue. */
export const latestSample = (connectionId: string, queue: string): CountSample | undefined =>
  store.getState().accounts.get(connectionId)?.samples.get(queue)?.at(-1);

/** Notes what a queue said just now. */
export function recordCount(connectionId: string, queue: string, sample: CountSample) {
  const known = of(connectionId);
  const samples = known.samples.get(queue) ?? NONE;
  known.totals = replaced(known.totals, samples.at(-1)?.count, sample.count);
  known.samples.set(queue, [...samples.slice(1 - COUNTS_KEPT), sample]);
  changed();
}

/** Drops what is known of queues that are gone. */
export function keepCountsOf(connectionId: string, queues: ReadonlySet<string>) {
  const known = of(connectionId);
  for (const [queue, samples] of known.samples) {
    if (queues.has(queue)) continue;
    known.totals = replaced(known.totals, samples.at(-1)?.count, undefined);
    known.samples.delete(queue);
  }
  changed();
}

function of(connectionId: string): AccountCounts {
  const { accounts } = store.getState();
  const known = accounts.get(connectionId) ?? { samples: new Map(), totals: NO_TOTALS };
  accounts.set(connectionId, known);
  return known;
}

const replaced = (totals: AccountCounts['totals'], before: number | undefined, after: number | undefined) => ({
  counted: totals.counted + Number(after !== undefined) - Number(before !== undefined),
  messages: totals.messages + (after ?? 0) - (before ?? 0),
});
