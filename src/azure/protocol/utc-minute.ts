/** Formats a time for sentences: `2026-01-02 at 03:04 UTC`. */
export const minuteOf = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
