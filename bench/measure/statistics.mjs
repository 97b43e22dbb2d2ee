/**
 * The value below which a share of the values lies, interpolated between neighbours.
 * @param {readonly number[]} values at least one
 * @param {number} share 0 to 1
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/** @typedef {{ median: number, low: number, high: number }} Spread the middle half of the values */

/** @param {readonly number[]} values @returns {Spread} */
export const spread = (values) => ({
  median: median(values),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
});

/** A second, of what takes so many ms each. @param {readonly number[]} each */
export const rates = (each) => spread(each.map((ms) => 1000 / ms));

/**
 * How many times the other's value ours is, pair by pair: what slowed the machine for a while slowed both of a pair.
 * @param {readonly number[]} ours
 * @param {readonly number[]} others as many
 */
export const ratios = (ours, others) => spread(ours.map((value, index) => value / (others[index] ?? Number.NaN)));

/**
 * The middle of the differences, pair by pair.
 * @param {readonly number[]} ours
 * @param {readonly number[]} others as many
 */
export const extra = (ours, others) => median(ours.map((value, index) => value - (others[index] ?? Number.NaN)));
