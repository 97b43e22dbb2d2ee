import { expect, test } from 'vitest';
import { logHash } from '../film/log-hash.fixture';
import { HASHED_MS, HASHES } from '../run/runs.fixture';
import { createEngine } from './engine';

test.each(HASHES.filter((_, index) => index % 3 === 0))(
  'in a browser the log is the same: %s',
  async (_, run, hash) => {
    const engine = await createEngine(run);
    expect(logHash(await engine.advance(HASHED_MS))).toBe(hash);
  },
);
