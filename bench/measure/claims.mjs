import { readFileSync } from 'node:fs';

/**
 * What a figure is decides what may move it. `time` and `rate` move with the machine; `ratio` and `memory` belong to one run, whose
 * noise alone is allowed for; `bytes` may differ by one of their last digit, since the docs round; `count` by nothing.
 * @typedef {'time' | 'rate' | 'ratio' | 'memory' | 'bytes' | 'count'} Kind
 */
/**
 * @typedef {object} Claim
 * @property {Kind} kind
 * @property {number} value in the unit of the docs; of several that they say, the worst
 * @property {'more'} [better] where more is better and the kind does not say so
 * @property {string} taken day on which it was measured
 * @property {string} said the words of `docs/measurements.md` that hold the value
 * @property {number} [digits] after the point, to which a count or bytes are rounded there
 */
/** @typedef {import('./calibration.mjs').Calibration} Calibration */
/** @typedef {import('./statistics.mjs').Spread} Spread */
/** @typedef {Record<string, Record<string, Claim>>} Claims by bench and key of the figure */
/** @typedef {{ calibrations: Record<string, Calibration>, usual: Calibration, benches: Claims }} Paper by day; `usual` for days without one */
/** @typedef {{ key: string, claim: Claim, measured: Spread, factor: number, bound: number, outcome: 'held' | 'missed' | 'better' }} Judged `bound`: beyond it the claim is missed */

/**
 * Times a claim, beyond what the machine explains and the middle half allows. `unknownDay` comes on top for a day whose machine was
 * not calibrated, which may have been twice as fast as usual.
 */
const NOISE = { ratio: 1.2, memory: 1.2, time: 1.25, unknownDay: 2 };

/** @returns {Paper} */
export const readClaims = () => JSON.parse(readFileSync(new URL('claims.json', import.meta.url), 'utf8'));

/**
 * How many times as slow as on the day of a claim the machine was, in each calibration of both.
 * @param {Calibration} then
 * @param {readonly Calibration[]} now
 */
function slownesses(then, now) {
  return now.flatMap((one) => [
    ...(then.sign && one.sign ? [then.sign / one.sign] : []),
    ...(then.open && one.open ? [one.open / then.open] : []),
  ]);
}

/**
 * Compares a figure with its claim. It is missed, or better, only if the nearer end of the middle half of what was measured is, at
 * the calibration that explains the most.
 * @param {string} key
 * @param {Claim} claim
 * @param {number | Spread} figure
 * @param {Paper} paper
 * @param {readonly Calibration[]} now
 * @returns {Judged}
 */
export function judge(key, claim, figure, { calibrations, usual }, now) {
  const measured = typeof figure === 'number' ? { median: figure, low: figure, high: figure } : figure;
  const { kind, value, taken } = claim;
  const isMore = kind === 'rate' || claim.better === 'more';
  if (kind === 'bytes' || kind === 'count') {
    const unit = 10 ** -(claim.digits ?? 0);
    const slack = kind === 'bytes' ? unit : 0;
    const worse = (Math.round(measured.median / unit) * unit - value) * (isMore ? -1 : 1);
    // Halves of a unit, since sums in floating point are a little off.
    const outcome = worse > slack + unit / 2 ? 'missed' : worse < -slack - unit / 2 ? 'better' : 'held';
    return { key, claim, measured, factor: 1, bound: value + (isMore ? -slack : slack), outcome };
  }
  const isOfMachine = kind === 'time' || kind === 'rate';
  const ofDay = calibrations[taken];
  const factors = isOfMachine ? slownesses(ofDay ?? usual, now) : [];
  const [least, factor] = factors.length > 0 ? [Math.min(...factors), Math.max(...factors)] : [1, 1];
  const noise = isOfMachine
    ? NOISE.time * (ofDay ? 1 : NOISE.unknownDay)
    : NOISE[kind === 'memory' ? 'memory' : 'ratio'];
  const bound = isMore ? value / (factor * noise) : value * factor * noise;
  const good = isMore ? (value / least) * noise : (value * least) / noise;
  const isMissed = isMore ? measured.high < bound : measured.low > bound;
  const isBetter = isMore ? measured.low > good : measured.high < good;
  return { key, claim, measured, factor, bound, outcome: isMissed ? 'missed' : isBetter ? 'better' : 'held' };
}
