/**
 * Does `work` for every item, at most `concurrency` at a time, begun in the order of the items. `work` must not reject.
 */
export async function each<Item>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  async function worker() {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await work(next.value);
  }
  await Promise.all(Array.from({ length: concurrency }, worker));
}
