import { type ReactNode, useId, useRef } from 'react';
import { useIsPhone } from '../browser/use-media';
import { type Column, columnsThatDoNotFit, type Sort, template } from './column';
import { GridHead } from './grid-head';
import { GridViewport } from './grid-viewport';
import { allSelected } from './selection';
import { useCursor } from './use-cursor';
import { useGridInput } from './use-grid-input';
import { useModel } from './use-model';
import { useScrollAnchor } from './use-scroll-anchor';
import { useWidth } from './use-width';

export type { Column, Sort } from './column';

export type DataGridProps<Row extends object> = {
  /** The grid's name: "Messages in orders". */
  label: string;
  rows: readonly Row[];
  /** Unique and lasting: selection, focus and scroll position go by it. */
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  /** Px; the same for every row, so that the scrollbar is exact. */
  rowHeight: number;
  /** How many there are in all, loaded or not. Default: the rows given. */
  rowCount?: number | undefined;
  /** Keys of the checked rows. Leave out for a grid without checkboxes. */
  selected?: ReadonlySet<string> | undefined;
  onSelectedChange?: ((selected: ReadonlySet<string>) => void) | undefined;
  /** "Select all loaded messages". */
  selectAllLabel?: string | undefined;
  /** "Select message 0b1f6c4e". With it there is a checkbox column. */
  selectLabel?: ((row: Row) => string) | undefined;
  /** Key of the row whose details are open. */
  active?: string | undefined;
  /** The keyboard or a click came to another row. */
  onActiveChange?: ((key: string) => void) | undefined;
  /** Enter or a click; called after `onActiveChange`. */
  onOpen?: ((key: string) => void) | undefined;
  rowClassName?: ((row: Row) => string | undefined) | undefined;
  /** The same row in two lines, 60 px high, for screens under 760 px. */
  renderCompact?: ((row: Row) => ReactNode) | undefined;
  /** Rows of two lines have checkboxes too, and a press checks rather than opens. */
  compactSelects?: boolean | undefined;
  /** Shown instead of the grid when there are no rows. */
  emptyState?: ReactNode;
  /** The order that was asked for, marked in the head. */
  sort?: Sort | undefined;
  /** The order that `rows` are in, when it can lag behind `sort`. */
  order?: Sort | undefined;
  onSortChange?: ((sort: Sort | undefined) => void) | undefined;
  /** Ids of columns that are turned off. */
  hiddenColumns?: readonly string[] | undefined;
  /** Ids of columns from left to right; those left out follow. */
  columnOrder?: readonly string[] | undefined;
  /** False leaves the head out. */
  head?: boolean | undefined;
  /** False turns off J and K, for those who need single keys for something else. */
  letterKeys?: boolean | undefined;
  footer?: ReactNode;
};

const COMPACT_HEIGHT = 60;
const HEAD_HEIGHT = 28;
const none: ReadonlySet<string> = new Set();

/**
 * Rows in a grid that holds 100,000 of them. One tab stop: ↑ ↓ (J K), Home, End, PageUp and PageDown move, Space
 * checks, Shift with an arrow or a click extends, Ctrl A checks all, Enter opens. The row the keyboard is on and the
 * scroll position stay put when rows are replaced.
 */
export function DataGrid<Row extends object>({
  label,
  rows,
  rowKey,
  columns,
  rowHeight,
  rowCount,
  selected = none,
  onSelectedChange,
  selectAllLabel,
  selectLabel,
  active,
  onActiveChange,
  onOpen,
  rowClassName,
  renderCompact,
  compactSelects = false,
  emptyState,
  sort,
  order = sort,
  onSortChange,
  hiddenColumns,
  columnOrder,
  head = true,
  letterKeys = true,
  footer,
}: DataGridProps<Row>) {
  const gridId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const compact = useIsPhone() && renderCompact !== undefined;
  const width = useWidth(frame);
  const selectable = selectLabel !== undefined && (!compact || compactSelects);
  const wanted = columns.filter((column) => !hiddenColumns?.includes(column.id));
  const hidden = [...(hiddenColumns ?? []), ...columnsThatDoNotFit(wanted, width, selectable)];
  const model = useModel({ rows, rowKey, columns, hidden, order: columnOrder });
  const { keys } = model;
  const height = compact ? COMPACT_HEIGHT : rowHeight;
  const headHeight = head && !compact ? HEAD_HEIGHT : 0;

  const cursor = useCursor({ scroller, model, rowHeight: height, head: headHeight, active });
  useScrollAnchor({
    scroller,
    model,
    rowHeight: height,
    head: headHeight,
    cursor: cursor.key,
    order: `${order?.id} ${order?.descending}`,
  });

  const { press, click, selectAll } = useGridInput({
    keys,
    cursor,
    rowHeight: height,
    head: headHeight,
    selected,
    onSelectedChange,
    onActiveChange,
    onOpen,
    letterKeys,
    pressSelects: compact && compactSelects,
  });

  return (
    <div ref={frame} className="flex min-h-0 min-w-0 flex-1 flex-col">
      {keys.length === 0 && emptyState !== undefined ? (
        emptyState
      ) : (
        <GridViewport
          scroller={scroller}
          gridId={gridId}
          model={model}
          rowHeight={height}
          selected={selected}
          active={active}
          cursor={cursor.at}
          selectLabel={selectable ? selectLabel : undefined}
          renderCompact={compact ? renderCompact : undefined}
          rowClassName={rowClassName}
          head={
            headHeight > 0 && (
              <GridHead
                columns={model.columns}
                selectAllLabel={selectable ? selectAllLabel : undefined}
                checked={allSelected(keys, selected)}
                onCheck={selectAll}
                sort={sort}
                onSortChange={onSortChange}
                onLeave={() => scroller.current?.focus()}
              />
            )
          }
          aria-label={label}
          aria-rowcount={Math.max(rowCount ?? 0, keys.length)}
          aria-multiselectable={onSelectedChange ? true : undefined}
          aria-activedescendant={cursor.key === undefined ? undefined : `${gridId}-${cursor.key}`}
          tabIndex={0}
          onKeyDown={press}
          onClick={click}
          onFocus={(event) => {
            if (event.target === event.currentTarget) cursor.start();
          }}
          style={{ '--columns': template(model.columns, selectable) } as Record<string, string>}
        />
      )}
      {footer && (
        <div className="flex min-h-8 flex-none items-center justify-between gap-3 border-t border-line bg-surface px-4 text-12 text-text-3 max-desk:px-3">
          {footer}
        </div>
      )}
    </div>
  );
}
