import { counted } from '@/words/counts';

/** Time left for screen readers, to the second: "36 minutes 12 seconds", "1 hour 2 minutes", "21 seconds". */
export function spokenLeft(seconds: number): string {
  const units = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  const first = units.findIndex(([amount]) => amount > 0);
  if (first < 0) return '0 seconds';
  return units
    .slice(first, first + 2)
    .flatMap(([amount, unit]) => (amount > 0 ? counted(amount, unit) : []))
    .join(' ');
}
