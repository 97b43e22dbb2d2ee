import { createRandom, type Random } from '../../sandbox/random';

/**
 * The chance of one actor: a stream of its own, so that one more worker does not change when orders come. Whole numbers of
 * milliseconds, the same in every engine of JavaScript.
 */
export type Chance = {
  /** From 0 up to, not including, 1. */
  share: () => number;
  /** A waiting time in whole ms, at least 1, exponential with this mean in ms. */
  wait: (mean: number) => number;
  /** A whole number from `least` to `most`. */
  between: (least: number, most: number) => number;
  state: Random['state'];
  restore: Random['restore'];
};

/** The stream of the actor of this name in a run of this seed. */
export function chanceOf(seed: number, name: string): Chance {
  const random = createRandom(seed ^ hashOf(name));
  return {
    share: () => random.share(),
    wait: (mean) => Math.max(1, Math.round(-mean * logarithm(1 - random.share()))),
    between: (least, most) => least + Math.floor(random.share() * (most - least + 1)),
    state: () => random.state(),
    restore: (state) => random.restore(state),
  };
}

/** FNV-1a with 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

// Written out, since Math.LN2 need not be the same number in every engine.
// oxlint-disable-next-line oxc/approx-constant -- see above
const LN_2 = 0.6931471805599453;

/**
 * The natural logarithm of a number above 0 and up to 1, by the four operations whose last bit IEEE 754 fixes. `Math.log` may
 * differ by it from one engine to another, and then two browsers would show two runs.
 */
function logarithm(value: number): number {
  let mantissa = value;
  let doublings = 0;
  for (; mantissa < 0.75; doublings++) mantissa *= 2;
  // ln x = 2 artanh((x − 1) / (x + 1)), a series in a number that is at most 1/7 here.
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let odd = 21; odd > 1; odd -= 2) sum = square * (1 / odd + sum);
  return 2 * ratio * (1 + sum) - doublings * LN_2;
}
