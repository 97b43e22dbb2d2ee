import { cx } from '../format/cx';

export type SparklineTone = 'neutral' | 'accent' | 'danger';

const tones: Record<SparklineTone, string> = {
  neutral: 'text-text-3',
  accent: 'text-accent-solid',
  danger: 'text-danger-solid',
};

export type SparklineProps = {
  /** Oldest first; drawn on their own scale. Fewer than two draw a base line. */
  values: readonly number[];
  tone?: SparklineTone | undefined;
  width?: number | undefined;
  height?: number | undefined;
};

/** A small line chart of a number over time, decoration beside the number. */
export function Sparkline({ values, tone = 'neutral', width = 36, height = 14 }: SparklineProps) {
  const line = points(values, width, height);
  return (
    <svg aria-hidden="true" width={width} height={height} className={cx('flex-none', tones[tone])}>
      <polygon
        points={`0,${height} ${line} ${width},${height}`}
        className="fill-current opacity-15 forced-colors:hidden"
      />
      <polyline
        points={line}
        strokeWidth={1.25}
        strokeLinejoin="round"
        className="fill-none stroke-current forced-colors:stroke-[CanvasText]"
      />
    </svg>
  );
}

function points(values: readonly number[], width: number, height: number) {
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  const base = height - 2;
  if (values.length < 2 || range === 0) return `0,${base} ${width},${base}`;
  return values
    .map((value, index) => {
      const x = (index / (values.length - 1)) * width;
      const y = base - ((value - low) / range) * (height - 4);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
