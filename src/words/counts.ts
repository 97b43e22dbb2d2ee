const grouped = new Intl.NumberFormat('en-GB');

/** A count: "10,432"; over 999,999 as "1.2 M", over 999,950,000 as "1.0 B". */
export function count(value: number): string {
  if (value < 1_000_000) return grouped.format(value);
  if (value < 999_950_000) return `${(value / 1_000_000).toFixed(1)} M`;
  return `${(value / 1_000_000_000).toFixed(1)} B`;
}

/** "1 message", "1,204 messages". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
