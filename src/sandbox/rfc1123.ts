/** A prime, so that times a round span apart (7 days) do not fall on one slot. */
const SLOTS = 61;
const seconds: number[] = Array.from({ length: SLOTS }, () => Number.NaN);
const texts: string[] = [];

/**
 * `Fri, 02 Jan 2026 03:04:05 GMT`, the form of times in headers and messages; fractions of a second are cut off. Few
 * different seconds are written at any one time, so the last ones are remembered.
 */
export function rfc1123(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  const slot = Math.abs(second % SLOTS);
  const known = texts[slot];
  if (known !== undefined && seconds[slot] === second) return known;
  seconds[slot] = second;
  return (texts[slot] = new Date(second * 1000).toUTCString());
}
