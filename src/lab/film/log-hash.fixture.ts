import type { LabEvent } from './lab-event';

/** A hash of a log, FNV-1a with 53 bits, in hex: two runs are the same when theirs are. */
export function logHash(events: readonly LabEvent[]): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (const event of events) {
    const line = JSON.stringify(event);
    for (let at = 0; at < line.length; at++) {
      low = Math.imul(low ^ line.charCodeAt(at), 0x01000193);
      high = Math.imul(high ^ line.charCodeAt(at), 0x85ebca6b);
    }
  }
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0');
}
