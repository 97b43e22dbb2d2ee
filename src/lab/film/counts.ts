/** Orders of one page of counts. */
const PAGE = 256;

/**
 * How often something happened to each order. Orders are numbered by the sender, so that those of one time stand side by side:
 * they are counted in pages, and a copy of the counts shares the pages that do not change afterwards.
 */
export type Counts = {
  /** Of all orders together. */
  all: number;
  /** Orders that were counted at least once, and at least twice. */
  once: number;
  twice: number;
  /** By the number of the order without its last eight bits. */
  pages: Record<number, Uint16Array>;
};

export const noCounts = (): Counts => ({ all: 0, once: 0, twice: 0, pages: {} });

/** How often the order was counted; at most 65,535. */
export const countOf = ({ pages }: Counts, order: number): number =>
  pages[Math.floor(order / PAGE)]?.[order % PAGE] ?? 0;

/** Pages that two counts have, so that neither may write into them. */
const shared = new WeakSet<Uint16Array>();

/** Counts the order once more; changes `counts`. */
export function addCount(counts: Counts, order: number): void {
  const number = Math.floor(order / PAGE);
  let page = counts.pages[number];
  if (!page || shared.has(page)) {
    page = page ? page.slice() : new Uint16Array(PAGE);
    counts.pages[number] = page;
  }
  const times = Math.min((page[order % PAGE] ?? 0) + 1, 0xffff);
  page[order % PAGE] = times;
  counts.all++;
  if (times === 1) counts.once++;
  if (times === 2) counts.twice++;
}

/** Counts that go their own way from here on. */
export function copyCounts(counts: Counts): Counts {
  for (const page of Object.values(counts.pages)) shared.add(page);
  return { ...counts, pages: { ...counts.pages } };
}
