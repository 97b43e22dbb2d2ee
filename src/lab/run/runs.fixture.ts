import { newRun, type Run } from './run';

/** A busy queue: two producers, four workers, crashes and broken orders. */
export const busy = (seed = 42): Run =>
  newRun({ rate: [0.6, 0.6], workers: 4, crash: 15, vary: 1, work: 5, bad: 10, vis: 12, tries: 3 }, seed);

const slow = (seed: number): Run => newRun({ rate: [0.2], workers: 3, work: 50, vis: 20, extend: 1, crash: 10 }, seed);

const among = (seed: number): Run => ({
  ...newRun({ rate: [0.3], workers: 1, batch: 8, vis: 20, work: 9, bad: 2, tries: 2 }, seed),
  inputs: [
    { at: 2000, act: 'burst', count: 30 },
    { at: 5000, act: 'receive' },
    { at: 9000, act: 'extend' },
    { at: 20_000, act: 'set', name: 'vis', value: 5 },
    { at: 30_000, act: 'deleteOld' },
    { at: 90_000, act: 'redrive' },
  ],
});

/** Ms of the run that the hashes are of. */
export const HASHED_MS = 120_000;

/** Runs with the hash of their logs, which no machine and no engine of JavaScript may change. */
export const HASHES: readonly [name: string, run: Run, hash: string][] = [
  ['busy, seed 42', busy(42), '60cae4e1451ac20f'],
  ['busy, seed 7', busy(7), '268d0d2b3919ebc5'],
  ['busy, seed 4711', busy(4711), 'c962cd8031fb16a6'],
  ['slow work with extension, seed 42', slow(42), 'cacdc06f519392fd'],
  ['slow work with extension, seed 7', slow(7), 'be1a515b0bcd8d2d'],
  ['slow work with extension, seed 4711', slow(4711), '8f00e98eec126510'],
  ['a person among workers, seed 42', among(42), 'e0e768c01ce628a6'],
  ['a person among workers, seed 7', among(7), 'eb1f8b1630610480'],
  ['a person among workers, seed 4711', among(4711), '2068a205bc74b17f'],
];
