import type { ReactNode } from 'react';
import { cx } from '../format/cx';
import { Dot, type Tone } from './badge';

export type ChipProps = {
  pressed: boolean;
  onChange: (pressed: boolean) => void;
  tone?: Tone | undefined;
  count?: number | string | undefined;
  children: ReactNode;
  size?: 'sm' | 'md' | undefined;
  className?: string | undefined;
};

/** A filter toggle, with the number of rows that match. */
export function Chip({ pressed, onChange, tone, count, children, size = 'md', className }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onChange(!pressed)}
      className={cx(
        'inline-flex min-h-6 flex-none items-center gap-1.5 rounded-6 border border-line-strong bg-surface whitespace-nowrap text-text-2 transition-colors hover:bg-hover max-desk:h-9',
        'aria-pressed:border-ink aria-pressed:bg-active aria-pressed:text-text forced-colors:aria-pressed:outline-2',
        size === 'sm' ? 'px-1.5 text-11' : 'px-2 text-12',
        className,
      )}
    >
      {tone && <Dot tone={tone} />}
      {children}
      {count !== undefined && <b className="font-semibold text-text">{count}</b>}
    </button>
  );
}
