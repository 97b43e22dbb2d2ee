import type { ReactNode } from 'react';
import { rem } from '../browser/text-size';
import { cx } from '../format/cx';

export type RingTone = 'neutral' | 'accent' | 'leased' | 'warn' | 'danger';

const tones: Record<RingTone, string> = {
  neutral: 'stroke-text-2',
  accent: 'stroke-accent-solid',
  leased: 'stroke-leased-solid',
  warn: 'stroke-warn-solid',
  danger: 'stroke-danger-solid',
};
const tracks: Record<RingTone, string> = {
  neutral: 'stroke-line-strong',
  accent: 'stroke-accent-line',
  leased: 'stroke-leased-line',
  warn: 'stroke-warn-line',
  danger: 'stroke-danger-line',
};

export type RingProps = {
  /** Remaining share, 0 to 1. */
  value: number;
  tone?: RingTone | undefined;
  /** Outer width. */
  sizePx?: number | undefined;
  /** In the middle: the remaining seconds. */
  children?: ReactNode;
  className?: string | undefined;
};

/** A ring that empties clockwise, for countdowns. Decorative: the element around it needs the name of the timer. */
export function Ring({ value, tone = 'leased', sizePx = 32, children, className }: RingProps) {
  const stroke = sizePx >= 28 ? 3 : 2.5;
  const radius = (sizePx - stroke) / 2;
  const length = 2 * Math.PI * radius;
  const share = Math.min(1, Math.max(0, value));
  const circle = { cx: sizePx / 2, cy: sizePx / 2, r: radius, strokeWidth: stroke, fill: 'none' };
  return (
    <span
      aria-hidden="true"
      className={cx('relative inline-grid flex-none place-items-center', className)}
      style={{ width: rem(sizePx), height: rem(sizePx) }}
    >
      <svg viewBox={`0 0 ${sizePx} ${sizePx}`} className="absolute inset-0 size-full -rotate-90">
        <circle {...circle} className={cx(tracks[tone], 'forced-colors:stroke-[GrayText]')} />
        <circle
          {...circle}
          strokeLinecap="round"
          strokeDasharray={length}
          strokeDashoffset={length * (1 - share)}
          className={cx(tones[tone], share === 0 && 'hidden', 'forced-colors:stroke-[CanvasText]')}
        />
      </svg>
      <span className="relative text-11 font-semibold">{children}</span>
    </span>
  );
}
