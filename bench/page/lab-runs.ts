import { createEngine } from '@/lab/engine/engine';
import { logHash } from '@/lab/film/log-hash.fixture';
import { HASHED_MS, HASHES } from '@/lab/run/runs.fixture';

/** Plays the runs whose logs are known, and gives the names of those whose log is another one in this browser. */
export async function otherLogs(): Promise<{ runs: number; others: string[] }> {
  const others: string[] = [];
  for (const [name, run, hash] of HASHES) {
    const engine = await createEngine(run);
    if (logHash(await engine.advance(HASHED_MS)) !== hash) others.push(name);
  }
  return { runs: HASHES.length, others };
}
