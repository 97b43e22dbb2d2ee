import { poisonParent } from '@/bulk/jobs/poison-queue';

/** A line of the queue list. */
export type QueueRow = {
  name: string;
  /** True for `X-poison`, where Azure Functions puts messages that kept failing in `X`. */
  isPoison: boolean;
  /** The queue this row is drawn under, when that queue is in the list as well. */
  parent: string | undefined;
};

type Arrange = {
  /** Words that must all be in the name, in any case. */
  filter: string;
  sort: 'name' | 'count';
  /** Counts to sort by; queues without one come last. */
  counts: ReadonlyMap<string, number>;
};

/** Filters and sorts queues, and draws each poison queue right under its own. */
export function arrangeQueues(names: readonly string[], { filter, sort, counts }: Arrange): QueueRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = names.filter((name) => words.every((word) => name.includes(word)));
  const shown = new Set(kept);
  const children = new Map<string, string>();
  const roots: string[] = [];
  for (const name of kept) {
    const source = poisonParent(name);
    if (source && shown.has(source)) children.set(source, name);
    else roots.push(name);
  }
  const countOf = (name: string) => counts.get(name) ?? -1;
  if (sort === 'count') roots.sort((one, other) => countOf(other) - countOf(one) || byName(one, other));
  else roots.sort(byName);
  return roots.flatMap((root) => family(root, undefined, children));
}

const byName = (one: string, other: string) => (one < other ? -1 : Number(one > other));

function family(name: string, parent: string | undefined, children: ReadonlyMap<string, string>): QueueRow[] {
  const child = children.get(name);
  const row = { name, isPoison: poisonParent(name) !== undefined, parent };
  return child === undefined ? [row] : [row, ...family(child, name, children)];
}
