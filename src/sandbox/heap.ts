/**
 * A binary heap whose items have their index, so that any of them can be moved or removed in O(log n). Each heap writes the index
 * into a property of its own of the item; `-1` when it is not in the heap.
 */
export class Heap<IndexKey extends string, Item extends Record<IndexKey, number>> {
  readonly #items: Item[] = [];
  readonly #place: IndexKey;
  readonly #before: (a: Item, b: Item) => boolean;

  /** `before` is a strict order. */
  constructor(index: IndexKey, before: (a: Item, b: Item) => boolean) {
    this.#place = index;
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  /** The first item of the order. */
  first(): Item | undefined {
    return this.#items[0];
  }

  /** O(log n); O(1) for an item after all others. */
  add(item: Item): void {
    this.#rise(item, this.#items.length);
  }

  /** O(log n). No effect on an item that is not in the heap. */
  remove(item: Item): void {
    const index: number = item[this.#place];
    if (index < 0) return;
    const last = this.#items.pop();
    if (last !== undefined && last !== item) this.#settle(last, index);
    this.#put(item, -1);
  }

  /** Restores the order after a change of the item. O(log n). */
  moved(item: Item): void {
    this.#settle(item, item[this.#place]);
  }

  /** Replaces all items; O(n). */
  refill(items: readonly Item[]): void {
    for (const item of this.#items) this.#put(item, -1);
    this.#items.length = 0;
    for (const item of items) {
      this.#put(item, this.#items.length);
      this.#items.push(item);
    }
    for (let index = (this.#items.length >> 1) - 1; index >= 0; index--) {
      const item = this.#items[index];
      if (item) this.#sink(item, index);
    }
  }

  /**
   * Returns up to `count` items in order, while they are `wanted`. O(k²) moves in a list of k + 1 indexes, with k ≤ 32 here,
   * whatever the size of the heap.
   */
  peek(count: number, wanted: (item: Item) => boolean): Item[] {
    const items: Item[] = [];
    // Indexes whose parents were taken, the first in order at the end.
    const open = this.#items.length > 0 ? [0] : [];
    while (items.length < count) {
      const index = open.pop();
      const item = index === undefined ? undefined : this.#items[index];
      if (index === undefined || item === undefined || !wanted(item)) break;
      items.push(item);
      this.#open(open, 2 * index + 1);
      this.#open(open, 2 * index + 2);
    }
    return items;
  }

  #open(open: number[], index: number): void {
    const item = this.#items[index];
    if (item === undefined) return;
    let at = open.length;
    for (; at > 0; at--) {
      const other = this.#items[open[at - 1] ?? 0];
      if (other !== undefined && this.#before(item, other)) break;
    }
    open.splice(at, 0, index);
  }

  #settle(item: Item, index: number): void {
    const parent = this.#items[(index - 1) >> 1];
    if (index > 0 && parent !== undefined && this.#before(item, parent)) this.#rise(item, index);
    else this.#sink(item, index);
  }

  #rise(item: Item, from: number): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.#items[above];
      if (parent === undefined || !this.#before(item, parent)) break;
      this.#set(parent, index);
      index = above;
    }
    this.#set(item, index);
  }

  #sink(item: Item, from: number): void {
    const { length } = this.#items;
    let index = from;
    for (;;) {
      let below = 2 * index + 1;
      let child = this.#items[below];
      const right = below + 1 < length ? this.#items[below + 1] : undefined;
      if (child !== undefined && right !== undefined && this.#before(right, child)) {
        child = right;
        below++;
      }
      if (child === undefined || !this.#before(child, item)) break;
      this.#set(child, index);
      index = below;
    }
    this.#set(item, index);
  }

  #set(item: Item, index: number): void {
    this.#items[index] = item;
    this.#put(item, index);
  }

  #put(item: Item, index: number): void {
    // The type of a property named by a type parameter is not known to be exactly number.
    (item as Record<IndexKey, number>)[this.#place] = index;
  }
}
