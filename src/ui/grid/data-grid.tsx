import { type ReactNode, useEffect, useEffectEvent, useId, useLayoutEffect, useRef } from 'react';
import { useTextScale } from '../browser/text-size';
import { useIsShort, useMedia } from '../browser/use-media';
import { useWidth } from '../browser/use-width';
import { type Column, columnsThatDoNotFit, type Sort, template } from './column';
import { GridHead } from './grid-head';
import { GridViewport } from './grid-viewport';
import { rowsInSight } from './rows-in-sight';
import { allSelected } from './selection';
import { useCursor } from './use-cursor';
import { useGridInput } from './use-grid-input';
import { type GridView, useModel } from './use-model';

export type { Column, Sort } from './column';

export type DataGridProps<Row extends object> = {
  /** The grid's name: "Messages in orders". */
  label: string;
  rows: readonly Row[];
  /** What its keys lead to, for a screen reader. */
  description?: string | undefined;
  /** Unique and stable: selection, focus and scroll position depend on it. */
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  /** Px; the same for every row, so that the scrollbar is exact. */
  rowHeight: number;
  /** Number of all rows, loaded or not. Default: `rows.length`. */
  rowCount?: number | undefined;
  /** Keys of the checked rows. Absent for a grid without checkboxes. */
  selected?: ReadonlySet<string> | undefined;
  onSelectedChange?: ((selected: ReadonlySet<string>) => void) | undefined;
  /** "Select all loaded messages". */
  selectAllLabel?: string | undefined;
  /** "Select message 0b1f6c4e". Adds a checkbox column. */
  selectLabel?: ((row: Row) => string) | undefined;
  /** Key of the row whose details are open. */
  active?: string | undefined;
  /** Called when the keyboard or a click moves to another row. */
  onActiveChange?: ((key: string) => void) | undefined;
  /** Called with the row that shows the focus of the keyboard, whatever led to it; a key that acts on a row means that one. */
  onCurrentChange?: ((key: string) => void) | undefined;
  /** Enter or a click; called after `onActiveChange`. */
  onOpen?: ((key: string) => void) | undefined;
  rowClassName?: ((row: Row) => string | undefined) | undefined;
  /** The accessible name of a row, as an element that is not shown and has the id. Default: what its cells say. */
  rowName?: ((row: Row, id: string, isCurrent: boolean) => ReactNode) | undefined;
  /** The same row in two lines, for screens under 760 px, 60 px high; in a short window up to 480 px wide, 48 px high. */
  renderCompact?: ((row: Row) => ReactNode) | undefined;
  /** True to have checkboxes in two-line rows, too; a press of them, or of a finger on any row, then checks instead of opening. */
  compactSelects?: boolean | undefined;
  /** Shown instead of the grid when there are no rows. */
  emptyState?: ReactNode;
  /** The chosen order, shown in the head. */
  sort?: Sort | undefined;
  /** The order of `rows`, when it can lag behind `sort`. */
  order?: Sort | undefined;
  onSortChange?: ((sort: Sort | undefined) => void) | undefined;
  /** Ids of hidden columns. */
  hiddenColumns?: readonly string[] | undefined;
  /** Ids of columns from left to right; others follow. */
  columnOrder?: readonly string[] | undefined;
  /** False: without a head; `unseen`: for screen readers alone. */
  head?: boolean | 'unseen' | undefined;
  /** False disables J and K. */
  letterKeys?: boolean | undefined;
  footer?: ReactNode;
};

const HEAD_HEIGHT_PX = 28;
/** The least height of a row under a finger. */
const TOUCHED_PX = 36;
const none: ReadonlySet<string> = new Set();

/**
 * A grid for 100,000 rows. One tab stop: ↑ ↓ (J K), Home, End, PageUp and PageDown move, Space checks, Shift with an arrow or a
 * click extends, Ctrl A checks all, Enter opens. The current row and the scroll position stay when rows are replaced.
 */
export function DataGrid<Row extends object>({
  label,
  description,
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
  onCurrentChange,
  onOpen,
  rowClassName,
  rowName,
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
  const isShort = useIsShort();
  const isNarrow = useMedia(isShort ? '(width <= 480px)' : '(width < 760px)');
  const compact = isNarrow && renderCompact !== undefined;
  const width = useWidth(frame);
  const scale = useTextScale();
  const selectable = selectLabel !== undefined && (!compact || compactSelects);
  const wanted = columns.filter((column) => !hiddenColumns?.includes(column.id));
  const hidden = [...(hiddenColumns ?? []), ...columnsThatDoNotFit(wanted, width / scale, selectable)];
  const model = useModel({ rows, rowKey, columns, hidden, order: columnOrder });
  const { keys } = model;
  const isTouched = useMedia('(pointer: coarse)');
  const leastPx = isTouched ? TOUCHED_PX : 0;
  const height = Math.round(Math.max(compact ? (isShort ? 48 : 60) : rowHeight, leastPx) * scale);
  const hasHead = head !== false && !compact;
  const headHeight = hasHead && head === true ? Math.max(HEAD_HEIGHT_PX, leastPx) * scale : 0;
  // The head is a row of the grid, too.
  const headRows = hasHead ? 1 : 0;

  const view = { scroller, model, rowHeight: height, head: headHeight };
  const cursor = useCursor({ ...view, active });
  useScrollAnchor({ ...view, cursor: cursor.key, order: `${order?.id} ${order?.descending}` });

  const tellCurrent = useEffectEvent((key: string) => {
    if (scroller.current?.matches(':focus-visible')) onCurrentChange?.(key);
  });
  useEffect(() => {
    if (cursor.key !== undefined) tellCurrent(cursor.key);
  }, [cursor.key]);

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
    pressSelects: (compact || isTouched) && compactSelects,
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
          rowName={rowName}
          headRows={headRows}
          head={
            hasHead && (
              <GridHead
                isUnseen={head === 'unseen'}
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
          // oxlint-disable-next-line jsx-a11y/aria-props -- ARIA 1.3, and read out
          aria-description={description}
          aria-rowcount={Math.max(rowCount ?? 0, keys.length) + headRows}
          aria-multiselectable={onSelectedChange ? true : undefined}
          aria-activedescendant={cursor.key === undefined ? undefined : `${gridId}-${cursor.key}`}
          tabIndex={0}
          onKeyDown={press}
          onClick={click}
          onFocus={(event) => {
            if (event.target !== event.currentTarget) return;
            const isByKey = event.target.matches(':focus-visible');
            cursor.start(isByKey);
            if (isByKey && cursor.key !== undefined) onCurrentChange?.(cursor.key);
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

type Options<Row extends object> = GridView<Row> & {
  cursor: string | undefined;
  /** When the sort order changes, the scroll position is not anchored. */
  order: string;
};

/**
 * Keeps the current row (or, if that is not visible, the first visible one) at its place on screen when rows are replaced. At
 * the very top without a current row nothing is anchored, so that new rows are visible.
 */
function useScrollAnchor<Row extends object>({ scroller, model, rowHeight, head, cursor, order }: Options<Row>) {
  const before = useRef({ model, order, rowHeight });
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { model, order, rowHeight };
    const node = scroller.current;
    if (!node || old.model.keys === model.keys || old.order !== order || old.rowHeight !== rowHeight) return;
    const { above, height, by } = rowsInSight(node, head);
    const first = Math.max(0, Math.floor(above / rowHeight));
    const last = Math.ceil((above + height) / rowHeight);
    const at = cursor === undefined ? undefined : old.model.indexOf.get(cursor);
    const inSight = at !== undefined && at >= first && at < last;
    if (above <= 0 && !inSight) return;
    const anchors = inSight ? [at] : Array.from({ length: last - first }, (_, step) => first + step);
    for (const index of anchors) {
      const now = model.indexOf.get(old.model.keys[index] ?? '');
      if (now === undefined) continue;
      if (now !== index) by((now - index) * rowHeight);
      return;
    }
  }, [scroller, model, rowHeight, head, cursor, order]);
}
