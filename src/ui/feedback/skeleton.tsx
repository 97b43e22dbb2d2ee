import { type ReactNode, useEffect, useState } from 'react';
import { rem } from '../browser/text-size';
import { Button } from '../controls/button';
import { cx } from '../format/cx';

export type SkeletonProps = {
  /** What is loading: "Peeking orders". */
  label: string;
  /** Widths in px of the real columns; the last one grows. */
  columns?: readonly number[] | undefined;
  rows?: number | undefined;
  /** Height of one row in px. */
  rowHeight?: number | undefined;
  /** Adds "Cancel" after 2 s. */
  onCancel?: (() => void) | undefined;
  /** A head row above, as in the real grid. */
  head?: boolean | undefined;
  className?: string | undefined;
};

const listColumns = [14, 52, 96];
// Uneven bars, as real text.
const shares = [0.9, 0.68, 1, 0.8, 0.6, 0.94, 0.74, 0.84];

/** Grey rows in place of rows that load. Hidden for the first 150 ms, so that a fast response does not flicker. */
export function Skeleton({
  label,
  columns = listColumns,
  rows = 8,
  rowHeight = 32,
  onCancel,
  head = false,
  className,
}: SkeletonProps) {
  const shown = useAfter(150);
  const slow = useAfter(2000);
  useEscape(slow ? onCancel : undefined);
  return (
    <div aria-busy="true" className={cx('flex min-h-0 flex-1 flex-col overflow-hidden', className)}>
      {shown && (
        <>
          <div aria-hidden="true" className="min-h-0 flex-1 overflow-hidden">
            {head && <SkeletonRow columns={columns} height={28} share={0.5} className="bg-canvas" />}
            {Array.from({ length: rows }, (_, row) => (
              <SkeletonRow
                // oxlint-disable-next-line react/no-array-index-key -- the rows are all alike
                key={row}
                columns={columns}
                height={rowHeight}
                share={shares[row % shares.length] ?? 1}
                className={row >= (rows * 3) / 4 ? 'opacity-50' : row >= rows / 2 ? 'opacity-75' : ''}
              />
            ))}
          </div>
          <div
            role="status"
            className="flex h-12 flex-none items-center gap-2.5 border-t border-line pr-3 pl-4 text-text-2"
          >
            <Spinner />
            <span className="flex-1 truncate">{label}</span>
            {slow && onCancel && (
              <Button size="sm" kbd="Esc" onClick={onCancel}>
                Cancel
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}

type SkeletonRowProps = { columns: readonly number[]; height: number; share: number; className?: string };

function SkeletonRow({ columns, height, share, className }: SkeletonRowProps) {
  return (
    <div className={cx('flex items-center gap-3 border-b border-line px-4', className)} style={{ height: rem(height) }}>
      {columns.map((width, index) => (
        <span
          // oxlint-disable-next-line react/no-array-index-key -- columns have no identity but their position
          key={index}
          className={index === columns.length - 1 ? 'min-w-0 flex-1' : 'flex-none'}
          style={index === columns.length - 1 ? undefined : { width: rem(width) }}
        >
          <span
            className="block h-2.5 max-w-full rounded-[3px] bg-active forced-colors:border"
            style={{ width: rem(width * (index === 0 ? 1 : share)) }}
          />
        </span>
      ))}
    </div>
  );
}

/** A spinner. Does not turn under reduced motion. */
export function Spinner(): ReactNode {
  return (
    <span
      aria-hidden="true"
      className="size-3.5 flex-none animate-spin rounded-full border-2 border-line-strong border-t-accent-solid motion-reduce:animate-none"
    />
  );
}

function useAfter(milliseconds: number) {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return passed;
}

/** Esc for the Cancel button. An open dialog handles Esc first. */
function useEscape(onEscape: (() => void) | undefined) {
  useEffect(() => {
    if (!onEscape) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onEscape();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onEscape]);
}
