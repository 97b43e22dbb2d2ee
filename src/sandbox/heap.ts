/**
 * A binary heap whose items know their place in it, so that any of them can be moved or taken out in O(log n). Each heap
 * keeps that place in an own property of the item, `-1` while it is not in.
 */
export class Heap<Place extends string, Item extends Record<Place, number>> {
  readonly #items: Item[] = [];
  readonly #place: Place;
  readonly #before: (a: Item, b: Item) => boolean;

  /** `before` is a strict order. */
  constructor(place: Place, before: (a: Item, b: Item) => boolean) {
    this.#place = place;
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  /** The one before all others. */
  first(): Item | undefined {
    return this.#items[0];
  }

  /** O(log n); O(1) for an item that belongs behind all others. */
  add(item: Item): void {
    this.#rise(item, this.#items.length);
  }

  /** O(log n). No effect on what is not in. */
  remove(item: Item): void {
    const place: number = item[this.#place];
    if (place < 0) return;
    const last = this.#items.pop();
    if (last !== undefined && last !== item) this.#settle(last, place);
    this.#put(item, -1);
  }

  /** To be called after a change of what the order looks at. O(log n). */
  moved(item: Item): void {
    this.#settle(item, item[this.#place]);
  }

  /** In place of what was in; O(n). */
  refill(items: readonly Item[]): void {
    for (const item of this.#items) this.#put(item, -1);
    this.#items.length = 0;
    for (const item of items) {
      this.#put(item, this.#items.length);
      this.#items.push(item);
    }
    for (let place = (this.#items.length >> 1) - 1; place >= 0; place--) {
      const item = this.#items[place];
      if (item) this.#sink(item, place);
    }
  }

  /**
   * Up to `count` items in order, as long as they are `wanted`; changes nothing. O(k²) moves in a list of k + 1 places,
   * k being at most 32 here, whatever the size of the heap.
   */
  peek(count: number, wanted: (item: Item) => boolean): Item[] {
    const found: Item[] = [];
    // Places whose parents were found, the first of them at the end.
    const open = this.#items.length > 0 ? [0] : [];
    while (found.length < count) {
      const place = open.pop();
      const item = place === undefined ? undefined : this.#items[place];
      if (place === undefined || item === undefined || !wanted(item)) break;
      found.push(item);
      this.#open(open, 2 * place + 1);
      this.#open(open, 2 * place + 2);
    }
    return found;
  }

  #open(open: number[], place: number): void {
    const item = this.#items[place];
    if (item === undefined) return;
    let at = open.length;
    for (; at > 0; at--) {
      const other = this.#items[open[at - 1] ?? 0];
      if (other !== undefined && this.#before(item, other)) break;
    }
    open.splice(at, 0, place);
  }

  #settle(item: Item, place: number): void {
    const parent = this.#items[(place - 1) >> 1];
    if (place > 0 && parent !== undefined && this.#before(item, parent)) this.#rise(item, place);
    else this.#sink(item, place);
  }

  #rise(item: Item, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#items[above];
      if (parent === undefined || !this.#before(item, parent)) break;
      this.#set(parent, place);
      place = above;
    }
    this.#set(item, place);
  }

  #sink(item: Item, from: number): void {
    const { length } = this.#items;
    let place = from;
    for (;;) {
      let below = 2 * place + 1;
      let child = this.#items[below];
      const right = below + 1 < length ? this.#items[below + 1] : undefined;
      if (child !== undefined && right !== undefined && this.#before(right, child)) {
        child = right;
        below++;
      }
      if (child === undefined || !this.#before(child, item)) break;
      this.#set(child, place);
      place = below;
    }
    this.#set(item, place);
  }

  #set(item: Item, place: number): void {
    this.#items[place] = item;
    this.#put(item, place);
  }

  #put(item: Item, place: number): void {
    // The type of a property named by a type parameter is not known to be exactly number.
    (item as Record<Place, number>)[this.#place] = place;
  }
}
