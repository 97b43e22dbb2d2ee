import { count, upToTenths } from './counts';

const UNITS = ['KiB', 'MiB', 'GiB'];

/**
 * A size: "612 B", "1.2 KiB", "64 KiB", "1.5 MiB". Every size is counted by 1,024, as the limits of the service are, so that a
 * size can be compared with the limit beside it.
 */
export function bytes(size: number): string {
  if (size < 1024) return `${count(size)} B`;
  let value = size / 1024;
  let unit = 0;
  // 1,048,575 bytes are 1 MiB, and not 1,024 KiB.
  for (; Math.round(value * 10) >= 10_240 && unit < UNITS.length - 1; unit += 1) value /= 1024;
  return `${upToTenths(value)} ${UNITS[unit]}`;
}
