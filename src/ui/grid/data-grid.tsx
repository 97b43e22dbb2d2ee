import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useIsPhone } from '../use-media';
import { type Column, columnsThatDoNotFit, type Sort, template } from './column';
import { GridHead, headStops } from './grid-head';
import { GridViewport } from './grid-viewport';
import { type Anchor, allSelected, extended, toggled } from './selection';
import { useModel } from './use-model';
import { useStillRows } from './use-still-rows';
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
  /** Shown instead of the grid when there are no rows. */
  emptyState?: ReactNode;
  /** Undefined keeps the order of `rows`. */
  sort?: Sort | undefined;
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
  emptyState,
  sort,
  onSortChange,
  hiddenColumns,
  columnOrder,
  head = true,
  letterKeys = true,
  footer,
}: DataGridProps<Row>) {
  'use memo';
  const gridId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor>(undefined);
  const compact = useIsPhone() && renderCompact !== undefined;
  const width = useWidth(frame);
  const selectable = !compact && selectLabel !== undefined;
  const wanted = columns.filter((column) => !hiddenColumns?.includes(column.id));
  const hidden = [...(hiddenColumns ?? []), ...columnsThatDoNotFit(wanted, width, selectable)];
  const model = useModel({ rows, rowKey, columns, hidden, order: columnOrder, sort });
  const { keys, indexOf } = model;
  const height = compact ? COMPACT_HEIGHT : rowHeight;
  const headHeight = head && !compact ? HEAD_HEIGHT : 0;

  // Where the keyboard is. When its row has gone, the one that took its place: after a delete, the next row.
  const [cursor, setCursor] = useState<{ key: string; index: number }>();
  const found = indexOf.get(active ?? cursor?.key ?? '') ?? indexOf.get(cursor?.key ?? '');
  const at = found ?? (cursor ? Math.min(cursor.index, keys.length - 1) : -1);
  const key = keys[at];
  if (key !== undefined && (cursor?.key !== key || cursor.index !== at)) setCursor({ key, index: at });

  useStillRows({
    scroller,
    model,
    rowHeight: height,
    head: headHeight,
    cursor: key,
    order: `${sort?.id} ${sort?.descending}`,
  });

  function reveal(index: number) {
    const node = scroller.current;
    if (!node || index < 0) return;
    const top = index * height;
    const bottom = top + height - (node.clientHeight - headHeight);
    if (node.scrollTop > top) node.scrollTo({ top, behavior: 'instant' });
    else if (node.scrollTop < bottom) node.scrollTo({ top: bottom, behavior: 'instant' });
  }

  const activeIsHere = active !== undefined && indexOf.has(active);
  useEffect(() => {
    if (activeIsHere) reveal(indexOf.get(active) ?? -1);
    // oxlint-disable-next-line react/exhaustive-deps -- only choosing a row scrolls, not what arrives later
  }, [active, activeIsHere]);

  function goTo(index: number, extend: boolean) {
    const to = keys[index];
    if (to === undefined) return;
    if (extend && onSelectedChange) {
      anchor.current ??= { key: key ?? to, before: selected };
      onSelectedChange(extended(keys, anchor.current, index));
    } else anchor.current = undefined;
    setCursor({ key: to, index });
    reveal(index);
    onActiveChange?.(to);
  }

  function toggle(of: string) {
    onSelectedChange?.(toggled(selected, of));
    anchor.current = undefined;
  }

  function selectAll(checked: boolean) {
    const loaded = new Set(keys);
    onSelectedChange?.(
      checked ? new Set([...selected, ...keys]) : new Set([...selected].filter((one) => !loaded.has(one))),
    );
  }

  function press(event: KeyboardEvent<HTMLElement>) {
    // Buttons inside of rows and the head keep their own keys.
    if (event.target !== event.currentTarget || event.altKey) return;
    if (!act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function act(event: KeyboardEvent<HTMLElement>): boolean {
    const last = keys.length - 1;
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'a' || !onSelectedChange) return false;
      selectAll(true);
      return true;
    }
    const page = Math.max(1, Math.floor((event.currentTarget.clientHeight - headHeight) / height) - 1);
    const from = at < 0 ? -1 : at;
    const targets: Record<string, number> = {
      ArrowDown: from + 1,
      ArrowUp: Math.max(0, from - 1),
      Home: 0,
      End: last,
      PageDown: from + page,
      PageUp: Math.max(0, from - page),
      ...(letterKeys && !event.shiftKey && { j: from + 1, k: Math.max(0, from - 1) }),
    };
    const to = targets[event.key];
    if (event.key === 'ArrowUp' && at <= 0 && !event.shiftKey) return enterHead(event.currentTarget);
    if (to !== undefined) goTo(Math.min(last, to), event.shiftKey);
    else if (event.key === ' ' && key !== undefined && onSelectedChange) toggle(key);
    else if (event.key === 'Enter' && key !== undefined) onOpen?.(key);
    else return false;
    return true;
  }

  function click(event: MouseEvent<HTMLElement>) {
    const target = event.target as HTMLElement;
    const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1);
    const clicked = keys[index];
    if (clicked === undefined) return;
    if (target.closest('[data-check]')) {
      // A press on the label clicks the box as well: only that one counts.
      if (target.tagName !== 'INPUT') return;
      if (event.shiftKey) goTo(index, true);
      else toggle(clicked);
      event.currentTarget.focus({ preventScroll: true });
    } else if (target.closest('button, a, input, select')) {
      return;
    } else if (onSelectedChange && (event.ctrlKey || event.metaKey)) toggle(clicked);
    else {
      goTo(index, event.shiftKey);
      if (!event.shiftKey) onOpen?.(clicked);
    }
  }

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
          cursor={at}
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
          aria-activedescendant={key === undefined ? undefined : `${gridId}-${key}`}
          tabIndex={0}
          onKeyDown={press}
          onClick={click}
          onFocus={(event) => {
            const first = keys[0];
            if (event.target === event.currentTarget && key === undefined && first !== undefined)
              setCursor({ key: first, index: 0 });
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

/** Moves the focus to the head's first control, when there is one. */
function enterHead(grid: HTMLElement): boolean {
  const head = grid.querySelector('[role="rowgroup"]');
  const first = head && headStops(head)[0];
  first?.focus();
  return true;
}
