/** Four 32-bit words. */
export type RandomState = [number, number, number, number];

/** Pseudo-random numbers, the same for the same seed. Not for secrets. */
export type Random = {
  /** Whole, from 0 to 2³² − 1. */
  next(): number;
  /** From 0 up to, not including, 1. */
  share(): number;
  /** A version 4 GUID in lower case. */
  guid(): string;
  state(): RandomState;
  restore(state: RandomState): void;
};

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex = (byte: number): string => HEX[byte & 0xff] ?? '';
const hex32 = (word: number): string => hex(word >>> 24) + hex(word >>> 16) + hex(word >>> 8) + hex(word);

/** sfc32, by Chris Doty-Humphrey (PractRand); `seed` is taken modulo 2³². */
export function createRandom(seed: number): Random {
  let a = 0;
  let b = 0;
  let c = seed >>> 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The author's warm-up, so that similar seeds diverge.
  for (let round = 0; round < 12; round++) next();

  return {
    next,
    share: () => next() / 2 ** 32,
    guid() {
      const second = hex32((next() & 0xffff_0fff) | 0x4000);
      const third = hex32((next() & 0x3fff_ffff) | 0x8000_0000);
      return `${hex32(next())}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${hex32(next())}`;
    },
    state: () => [a, b, c, counter],
    restore: (state) => void ([a, b, c, counter] = state),
  };
}
