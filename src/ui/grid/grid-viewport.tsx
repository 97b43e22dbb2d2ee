import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type ComponentProps, type ReactNode, type RefObject, useEffect } from 'react';
import { cx } from '../format/cx';
import { GridRow } from './grid-row';
import type { Model } from './use-model';

type Props<Row extends object> = ComponentProps<'div'> & {
  scroller: RefObject<HTMLDivElement | null>;
  gridId: string;
  model: Model<Row>;
  rowHeight: number;
  head: ReactNode;
  selected: ReadonlySet<string>;
  active: string | undefined;
  /** Index of the row the keyboard is on, −1 for none; it is always in the page, so that the grid can name it. */
  cursor: number;
  selectLabel: ((row: Row) => string) | undefined;
  renderCompact: ((row: Row) => ReactNode) | undefined;
  rowClassName: ((row: Row) => string | undefined) | undefined;
};

/** The scrolling part. Only the rows in sight, ten more on each side, and the current one are in the page. */
export function GridViewport<Row extends object>({
  scroller,
  gridId,
  model,
  rowHeight,
  head,
  selected,
  active,
  cursor,
  selectLabel,
  renderCompact,
  rowClassName,
  ...grid
}: Props<Row>) {
  // The virtualizer is one object that changes inside; the compiler would take its answers for unchanged.
  'use no memo';
  const { rows, keys, columns } = model;
  // oxlint-disable-next-line react/incompatible-library -- said above
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (cursor < 0 || cursor >= rows.length || indexes.includes(cursor)) return indexes;
      return cursor < (indexes[0] ?? 0) ? [cursor, ...indexes] : [...indexes, cursor];
    },
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  return (
    <div
      {...grid}
      ref={scroller}
      role="grid"
      className="group/grid relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain outline-none"
    >
      {head}
      <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          const rowId = keys[index];
          if (row === undefined || rowId === undefined) return null;
          return (
            <GridRow
              // Not the virtualizer's own: given other keys it measures all rows anew, 100,000 of one height.
              key={rowId}
              id={`${gridId}-${rowId}`}
              row={row}
              index={index}
              start={start}
              height={rowHeight}
              columns={columns}
              selectLabel={selectLabel}
              renderCompact={renderCompact}
              selected={selected.has(rowId)}
              active={rowId === active}
              current={index === cursor}
              className={cx(rowClassName?.(row))}
            />
          );
        })}
      </div>
    </div>
  );
}
