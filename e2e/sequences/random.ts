export type Random = ReturnType<typeof randomFrom>;

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number) {
  let state = seed >>> 0;
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const below = (most: number) => Math.floor(next() * most);
  return {
    below,
    chance: (share: number) => next() < share,
    /** `count` of the values, in their order. */
    some<Value>(values: readonly Value[], count: number) {
      const left = [...values];
      while (left.length > count) left.splice(below(left.length), 1);
      return left;
    },
    seed: () => below(4_294_967_296),
  };
}
