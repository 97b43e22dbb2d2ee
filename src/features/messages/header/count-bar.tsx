import { cx } from '@/ui/format/cx';
import type { CountParts } from './count-parts';

/** Looks of the parts; what is unknown is hatched. */
export const PART_LOOKS = {
  visible: 'bg-series-1 forced-colors:bg-[CanvasText]',
  held: 'bg-leased-solid forced-colors:bg-[Highlight]',
  hidden: 'bg-line-control forced-colors:bg-[GrayText]',
  unknown:
    'bg-[repeating-linear-gradient(135deg,var(--line-control)_0_2px,transparent_2px_5px)] forced-colors:bg-[GrayText]',
};

/** One bar of all messages: visible, held here, and the rest. */
export function CountBar({ parts, className }: { parts: CountParts; className: string }) {
  const { visible, isAllVisible, held, rest = 0 } = parts;
  const whole = Math.max(1, visible + held + rest);
  const part = (value: number, look: string) =>
    // At least 2 px, so that a small part can be seen.
    value > 0 && <span className={cx('min-w-0.5', look)} style={{ flexGrow: value / whole, flexBasis: 0 }} />;
  return (
    <span
      aria-hidden="true"
      className={cx('flex gap-px overflow-hidden rounded-full bg-active forced-colors:border', className)}
    >
      {part(visible, PART_LOOKS.visible)}
      {part(held, PART_LOOKS.held)}
      {part(rest, isAllVisible ? PART_LOOKS.hidden : PART_LOOKS.unknown)}
    </span>
  );
}
