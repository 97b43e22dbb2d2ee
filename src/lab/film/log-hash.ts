import type { LabEvent } from './lab-event';

/** A hash of a log that grows, FNV-1a with 53 bits, in 16 hex digits: two runs are the same when theirs are. */
export type LogHash = { add: (events: readonly LabEvent[]) => void; text: () => string };

export function hashLog(): LogHash {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  return {
    add(events) {
      for (const event of events) {
        const line = JSON.stringify(event);
        for (let at = 0; at < line.length; at++) {
          low = Math.imul(low ^ line.charCodeAt(at), 0x01000193);
          high = Math.imul(high ^ line.charCodeAt(at), 0x85ebca6b);
        }
      }
    },
    text: () => (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0'),
  };
}
