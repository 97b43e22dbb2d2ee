import type { ReactNode } from 'react';
import { cx } from '../format/cx';

export type MeterPart = {
  label: string;
  value: number;
  /** Hatched marks what an encoding adds. Default: solid. */
  fill?: 'solid' | 'hatched' | undefined;
};

export type MeterProps = {
  /** The name, also shown at the left: "Size on the wire". */
  label: string;
  value: number;
  max: number;
  parts: readonly MeterPart[];
  /** At the right: "54.7 KiB of 64 KiB, 9.3 KiB left". */
  summary?: ReactNode;
  /** The value for screen readers; usually the summary as text. */
  valueText?: string | undefined;
};

const solid = 'bg-series-1 forced-colors:bg-[CanvasText]';
const hatched =
  'bg-[repeating-linear-gradient(135deg,var(--series-1)_0_2px,var(--accent-tint)_2px_5px)] forced-colors:bg-[GrayText]';
const over = 'bg-danger-solid forced-colors:bg-[Mark]';

/** A meter with named parts. Over `max` it is red and full. */
export function Meter({ label, value, max, parts, summary, valueText }: MeterProps) {
  const full = value > max;
  const scale = Math.max(value, max);
  const fillOf = (part: MeterPart) => (part.fill === 'hatched' ? hatched : full ? over : solid);
  return (
    <div className="grid gap-1.5">
      <div className="flex justify-between gap-2 text-12">
        <span className="font-semibold">{label}</span>
        {summary && <span className={full ? 'text-danger' : 'text-text-2'}>{summary}</span>}
      </div>
      <div
        role="meter"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuetext={valueText}
        className="flex h-2 gap-px overflow-hidden rounded-full bg-active forced-colors:border"
      >
        {parts.map((part) => (
          <span key={part.label} className={fillOf(part)} style={{ width: `${(part.value / scale) * 100}%` }} />
        ))}
      </div>
      <div className="flex flex-wrap gap-x-4 text-12 text-text-3">
        {parts.map((part) => (
          <span key={part.label} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={cx('size-2 rounded-[2px]', fillOf(part))} />
            {part.label}
          </span>
        ))}
      </div>
    </div>
  );
}
