import type { LabEvent } from './lab-event';
import { hashLog } from './log-hash';

/** The hash of a whole log. */
export function logHash(events: readonly LabEvent[]): string {
  const hash = hashLog();
  hash.add(events);
  return hash.text();
}
