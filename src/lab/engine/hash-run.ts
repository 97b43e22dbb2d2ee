import { hashLog } from '../film/log-hash';
import type { Run } from '../run/run';
import { createEngine } from './engine';

/** What a log is compared by: the events up to and with a ms of the run. */
export type RunHash = { until: number; events: number; hash: string };

/** Events after which a log is known well enough. */
const MOST_EVENTS = 50_000;
/** Ms of the run that are played at once. */
const STEP_MS = 1000;

/**
 * Plays a run from its start up to `until` ms, or up to the second in which it has `most` events, and hashes its log. The observer
 * of the lessons is not in it.
 */
export async function hashRun(run: Run, until: number, most = MOST_EVENTS): Promise<RunHash> {
  const engine = await createEngine(run);
  const hash = hashLog();
  let events = 0;
  let at = -1;
  while (at < until && events < most) {
    at = Math.min(until, at + STEP_MS);
    const part = await engine.advance(at);
    hash.add(part);
    events += part.length;
  }
  return { until: Math.max(0, at), events, hash: hash.text() };
}
