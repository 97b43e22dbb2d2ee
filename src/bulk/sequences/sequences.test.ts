import { describe, expect, test } from 'vitest';
import { faultsIn, interruptions, pairs, sequences, triples } from './search.fixture';

/*
 * Sequences of actions compared with the service: what is wrong is told as the fewest steps in words. `npm run sequences`
 * sets how many there are, and then does all triples too.
 */
const { env } = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process;
const seed = Number(env['QUEUESCOPE_SEED'] ?? 1);
const count = env['QUEUESCOPE_COUNT'];
const isWhole = count !== undefined;
const LONG = isWhole ? 6 * 3_600_000 : 120_000;

describe('whatever is done, texts, places, receipts, leases, files, reports and rows agree with the service', () => {
  test('in all pairs of actions', { timeout: LONG }, async () => {
    expect(await faultsIn(pairs(seed, isWhole ? 1 : 0.05))).toEqual([]);
  });

  test('in triples of actions', { timeout: LONG }, async () => {
    expect(await faultsIn(triples(seed, isWhole ? 1 : 0.0025))).toEqual([]);
  });

  test('in jobs that are interrupted and tried again', { timeout: LONG }, async () => {
    expect(await faultsIn(interruptions(seed, isWhole ? Number(count) : 80))).toEqual([]);
  });

  test('in sequences of up to 8 actions', { timeout: LONG }, async () => {
    expect(await faultsIn(sequences(seed, isWhole ? Number(count) : 80))).toEqual([]);
  });
});
