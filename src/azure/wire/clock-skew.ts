/**
 * How far the service's clock is from this device's. `Date` headers have whole seconds, so each answer only says that
 * the difference lies between two bounds; answers together narrow them.
 */
export function createClockSkew() {
  let low = -Infinity;
  let high = Infinity;
  return {
    /** Takes in one answer: its `Date` header and the local times, in ms, between which it was written. */
    measure: (date: string | null, sentAt: number, receivedAt: number): void => {
      const served = date === null ? Number.NaN : Date.parse(date);
      if (Number.isNaN(served)) return;
      const lowest = served - receivedAt;
      const highest = served + 999 - sentAt;
      // No overlap with what was known: one of the clocks was set meanwhile, so start over.
      const moved = lowest > high || highest < low;
      low = moved ? lowest : Math.max(low, lowest);
      high = moved ? highest : Math.min(high, highest);
    },
    /** Milliseconds to add to this device's clock; undefined before the first readable `Date`. */
    value: (): number | undefined => (low === -Infinity ? undefined : Math.round((low + high) / 2)),
  };
}
