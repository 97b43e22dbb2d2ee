/** A size: "612 B", "1.2 KB", "24 KB" (1 KB = 1,000 bytes; one decimal below 10). */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 999_500) return `${decimal(count / 1000)} KB`;
  return `${decimal(count / 1_000_000)} MB`;
}

/** A size beside the 64 KiB limit: "54.7 KiB" (1 KiB = 1,024 bytes, always one decimal unless whole). */
export function kib(count: number): string {
  const value = Math.round((count / 1024) * 10) / 10;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} KiB`;
}

function decimal(value: number) {
  const tenths = Math.round(value * 10) / 10;
  return String(tenths < 10 ? tenths : Math.round(value));
}
