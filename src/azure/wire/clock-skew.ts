/**
 * Measures how far the service's clock is from this device's. `Date` headers have whole seconds, so each response only
 * bounds the difference; several responses narrow the bounds.
 */
export function createClockSkew() {
  let low = -Infinity;
  let high = Infinity;
  return {
    /** Adds one response: its `Date` header and the local times, in epoch ms, between which it was written. */
    measure: (date: string | null, sentAt: number, receivedAt: number): void => {
      const served = date === null ? Number.NaN : Date.parse(date);
      if (Number.isNaN(served)) return;
      const lowest = served - receivedAt;
      const highest = served + 999 - sentAt;
      // No overlap with the earlier bounds: one of the clocks was set meanwhile, so start over.
      const wasSet = lowest > high || highest < low;
      low = wasSet ? lowest : Math.max(low, lowest);
      high = wasSet ? highest : Math.min(high, highest);
    },
    /** Milliseconds to add to this device's clock; undefined before the first readable `Date`. */
    value: (): number | undefined => (low === -Infinity ? undefined : Math.round((low + high) / 2)),
  };
}
