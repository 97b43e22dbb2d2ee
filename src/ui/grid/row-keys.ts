/** The current row and the range of moves. */
export type KeyScope = {
  /** Index of the current row, −1 for none. */
  at: number;
  last: number;
  /** Visible rows. */
  page: number;
  /** True when J and K move, too. */
  letterKeys: boolean;
};

/** Index of the row that a key leads to; undefined for a key that does not move. */
export function rowForKey(pressed: string, { at, last, page, letterKeys }: KeyScope): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: last,
    PageDown: at + Math.max(1, page - 1),
    PageUp: at - Math.max(1, page - 1),
    ...(letterKeys && { j: at + 1, k: at - 1 }),
  };
  const to = targets[pressed];
  return to === undefined ? undefined : Math.min(last, Math.max(0, to));
}
