import { cx } from '../format/cx';

export type BarTone = 'accent' | 'leased' | 'danger' | 'warn' | 'neutral';

const tones: Record<BarTone, readonly [fill: string, track: string]> = {
  accent: ['bg-accent-solid', 'bg-active'],
  leased: ['bg-leased-solid', 'bg-leased-line'],
  danger: ['bg-danger-solid', 'bg-active'],
  warn: ['bg-warn-solid', 'bg-warn-line'],
  neutral: ['bg-line-control', 'bg-active'],
};

export type BarProps = {
  /** 0 to 1. */
  value: number;
  tone?: BarTone | undefined;
  /** With a name it is a progressbar; without, it is decoration beside a number. */
  label?: string | undefined;
  className?: string | undefined;
};

/** A 4 px bar. */
export function Bar({ value, tone = 'accent', label, className }: BarProps) {
  const share = Math.min(1, Math.max(0, value));
  const [fill, track] = tones[tone];
  const role = label
    ? ({
        role: 'progressbar',
        'aria-label': label,
        'aria-valuenow': Math.round(share * 100),
        'aria-valuemin': 0,
        'aria-valuemax': 100,
      } as const)
    : ({ 'aria-hidden': true } as const);
  return (
    <span
      {...role}
      className={cx('block h-1 min-w-0 flex-1 overflow-hidden rounded-full forced-colors:border', track, className)}
    >
      <span
        className={cx('block h-full rounded-full forced-colors:bg-[CanvasText]', fill)}
        style={{ width: `${share * 100}%` }}
      />
    </span>
  );
}
