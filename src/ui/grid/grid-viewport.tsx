import { defaultRangeExtractor, observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { type ComponentProps, memo, type ReactNode, type RefObject, useEffect } from 'react';
import { scrollerOf } from '../browser/use-media';
import { Checkbox } from '../controls/checkbox';
import { cx } from '../format/cx';
import type { Column } from './column';
import { rowsAbove } from './rows-in-sight';
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
  rowName: ((row: Row, id: string, isCurrent: boolean) => ReactNode) | undefined;
  /** Rows of the head, which count as rows of the grid. */
  headRows: number;
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
  rowName,
  headRows,
  ...grid
}: Props<Row>) {
  // The virtualizer is a mutable object; the compiler would memoise its results.
  'use no memo';
  const { rows, keys, columns } = model;
  // oxlint-disable-next-line react/incompatible-library -- see above
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current && scrollerOf(scroller.current).scroller,
    // From the first row, which is not where a page that scrolls as one begins.
    observeElementOffset: (of, tell) =>
      observeElementOffset(of, (_, isScrolling) => tell(rowsAbove(scroller.current), isScrolling)),
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
      className="group/grid relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain outline-none short:flex-none short:overflow-visible"
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
              rowIndex={headRows + index + 1}
              start={start}
              height={rowHeight}
              columns={columns}
              selectLabel={selectLabel}
              renderCompact={renderCompact}
              rowName={rowName}
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

type GridRowProps<Row extends object> = {
  id: string;
  row: Row;
  index: number;
  /** From 1, the head included. */
  rowIndex: number;
  /** Px from the top of the first row. */
  start: number;
  height: number;
  columns: readonly Column<Row>[];
  /** Adds a checkbox with this name. */
  selectLabel: ((row: Row) => string) | undefined;
  renderCompact: ((row: Row) => ReactNode) | undefined;
  rowName: ((row: Row, id: string, isCurrent: boolean) => ReactNode) | undefined;
  selected: boolean;
  /** Its details are open. */
  active: boolean;
  /** The keyboard is on it. */
  current: boolean;
  className: string | undefined;
};

function Row<Row extends object>({
  id,
  row,
  index,
  rowIndex,
  start,
  height,
  columns,
  selectLabel,
  renderCompact,
  rowName,
  selected,
  active,
  current,
  className,
}: GridRowProps<Row>) {
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the grid has the focus and names this row active
    <div
      id={id}
      role="row"
      aria-rowindex={rowIndex}
      aria-labelledby={rowName && `${id}-name`}
      aria-selected={selectLabel ? selected : active}
      aria-current={active ? 'true' : undefined}
      data-index={index}
      data-current={current || undefined}
      className={cx(
        'absolute inset-x-0 top-0 border-b border-line text-12 text-text-2',
        active
          ? 'bg-selected text-text inset-ring inset-ring-accent-line forced-colors:outline-2 forced-colors:-outline-offset-2 forced-colors:outline-[Highlight]'
          : selected
            ? 'bg-selected/60'
            : 'hover:bg-hover',
        'group-focus-visible/grid:data-current:z-1 group-focus-visible/grid:data-current:outline-2 group-focus-visible/grid:data-current:-outline-offset-2 group-focus-visible/grid:data-current:outline-accent-solid',
        renderCompact ? 'flex items-center' : 'grid grid-cols-(--columns) items-center gap-x-2 pr-3 pl-4',
        className,
      )}
      style={{ height, transform: `translateY(${start}px)` }}
    >
      {rowName?.(row, `${id}-name`, current)}
      {selectLabel && (
        <span role="gridcell" data-check="" className={cx('flex', renderCompact ? 'flex-none pl-1' : '-mx-1')}>
          <Checkbox label={selectLabel(row)} checked={selected} onChange={clickedInstead} tabIndex={-1} />
        </span>
      )}
      {renderCompact ? (
        <div role="gridcell" className="h-full min-w-0 flex-1">
          {renderCompact(row)}
        </div>
      ) : (
        <>
          {columns.map((column) => (
            <span
              key={column.id}
              role="gridcell"
              className={cx('min-w-0 truncate', column.align === 'end' && 'text-right', column.cellClassName)}
            >
              {column.cell(row)}
            </span>
          ))}
        </>
      )}
    </div>
  );
}

/** The grid handles clicks on checkboxes, so that rows need no callbacks. */
function clickedInstead() {}

/** Renders only when its own row, position or state changes. */
const GridRow = memo(Row) as typeof Row;
