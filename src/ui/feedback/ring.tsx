import type { ReactNode } from 'react';
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
  /** What is left, 0 to 1. */
  value: number;
  tone?: RingTone | undefined;
  /** Outer width in px. */
  size?: number | undefined;
  /** In the middle: the seconds left. */
  children?: ReactNode;
  className?: string | undefined;
};

/** A ring that empties clockwise, for countdowns. Decoration: put the timer's name on what surrounds it. */
export function Ring({ value, tone = 'leased', size = 32, children, className }: RingProps) {
  const stroke = size >= 28 ? 3 : 2.5;
  const radius = (size - stroke) / 2;
  const length = 2 * Math.PI * radius;
  const left = Math.min(1, Math.max(0, value));
  const circle = { cx: size / 2, cy: size / 2, r: radius, strokeWidth: stroke, fill: 'none' };
  return (
    <span
      aria-hidden="true"
      className={cx('relative inline-grid flex-none place-items-center', className)}
      style={{ width: size, height: size }}
    >
      <svg width={size} height={size} className="absolute inset-0 -rotate-90">
        <circle {...circle} className={cx(tracks[tone], 'forced-colors:stroke-[GrayText]')} />
        <circle
          {...circle}
          strokeLinecap="round"
          strokeDasharray={length}
          strokeDashoffset={length * (1 - left)}
          className={cx(tones[tone], left === 0 && 'hidden', 'forced-colors:stroke-[CanvasText]')}
        />
      </svg>
      <span className="relative text-11 font-semibold">{children}</span>
    </span>
  );
}
