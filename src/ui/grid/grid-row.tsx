import { memo, type ReactNode } from 'react';
import { Checkbox } from '../controls/checkbox';
import { cx } from '../format/cx';
import type { Column } from './column';

type Props<Row extends object> = {
  id: string;
  row: Row;
  index: number;
  /** Px from the top of the first row. */
  start: number;
  height: number;
  columns: readonly Column<Row>[];
  /** Adds a checkbox with this name. */
  selectLabel: ((row: Row) => string) | undefined;
  renderCompact: ((row: Row) => ReactNode) | undefined;
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
  start,
  height,
  columns,
  selectLabel,
  renderCompact,
  selected,
  active,
  current,
  className,
}: Props<Row>) {
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the grid has the focus and names this row active
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
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
export const GridRow = memo(Row) as typeof Row;
