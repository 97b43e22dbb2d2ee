/** Milliseconds per call, one figure per block. */
export type Timings = { ours: number[]; bare: number[] };

export type Rounds = {
  /** Blocks that count, of each side. */
  blocks: number;
  /** Calls in a block, one after another: more than the browser's 0.1 ms of clock resolution can blur. */
  calls: number;
  /** Blocks before those that count. */
  warmUp: number;
};

/**
 * Times two ways to do a thing in turns, so that whatever else the machine does falls on both. Who goes first changes
 * from round to round.
 */
export async function interleaved(
  ours: () => Promise<unknown>,
  bare: () => Promise<unknown>,
  { blocks, calls, warmUp }: Rounds,
): Promise<Timings> {
  const timings: Timings = { ours: [], bare: [] };
  const sides = [
    { name: 'ours', act: ours },
    { name: 'bare', act: bare },
  ] as const;
  for (let round = -warmUp; round < blocks; round++) {
    for (const { name, act } of round % 2 === 0 ? sides : sides.toReversed()) {
      const start = performance.now();
      for (let call = 0; call < calls; call++) await act();
      const each = (performance.now() - start) / calls;
      if (round >= 0) timings[name].push(each);
    }
  }
  return timings;
}
