import { expect, test } from 'vitest';
import { hashRun } from '@/lab/engine/hash-run';
import { createRunPlayer } from '@/lab/engine/play-run';
import { busy } from '@/lab/run/runs.fixture';
import type { OpenStage } from '../play/player';
import { differenceOf, hashOf } from './run-files';

/** The code of the worker, without one. */
const open: OpenStage = (receive) => ({ send: createRunPlayer(receive), close: () => {} });

test('a run that was saved is known again, and one that was changed is not', async () => {
  const run = busy();
  const log = await hashOf(run, 20_000, open);
  expect(log).toMatchObject({ until: 20_000 });
  const saved = { part: 'free', run, now: 20_000, log };
  expect(await differenceOf(saved, open)).toBeUndefined();
  expect(await differenceOf({ ...saved, run: { ...run, seed: 43 } }, open)).toMatch(
    /^The log of the file has \d+ events and the hash [\da-f]{16}; played here it has \d+ and [\da-f]{16}\./,
  );
  expect(await differenceOf({ ...saved, log: { ...log, hash: '0000000000000000' } }, open)).toContain(
    '0000000000000000',
  );
});

test('a long run is hashed up to so many events, the same each time', async () => {
  const log = await hashRun(busy(), 3_600_000, 500);
  expect(log.until).toBeLessThan(60_000);
  expect(await hashRun(busy(), log.until)).toEqual(log);
});
