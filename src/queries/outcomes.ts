/** What became of one of many. */
export type Outcome<Item> = { item: Item; error?: unknown };

/** Does `work` for every item, at most `concurrency` at a time; one failure stops no other. Outcomes keep the order of the items. */
export async function outcomesOf<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<unknown>,
): Promise<Outcome<Item>[]> {
  const outcomes: Outcome<Item>[] = items.map((item) => ({ item }));
  const waiting = outcomes.values();
  async function worker() {
    for (const outcome of waiting) {
      try {
        await work(outcome.item);
      } catch (error) {
        outcome.error = error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  return outcomes;
}
