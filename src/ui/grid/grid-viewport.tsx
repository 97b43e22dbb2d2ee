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
  /** Index of the current row, −1 for none; it is always in the page, for `aria-activedescendant`. */
  cursor: number;
  selectLabel: ((row: Row) => string) | undefined;
  renderCompact: ((row: Row) => ReactNode) | undefined;
  rowClassName: ((row: Row) => string | undefined) | undefined;
};

/** The scrolling part. Only the visible rows, ten more on each side, and the current one are in the page. */
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
  // The virtualizer is a mutable object; the compiler would memoise its results.
  'use no memo';
  const { rows, keys, columns } = model;
  // oxlint-disable-next-line react/incompatible-library -- see above
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
              // Not a key of the virtualizer, which would measure all 100,000 rows anew when keys change.
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
