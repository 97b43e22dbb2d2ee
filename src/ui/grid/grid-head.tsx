import { ArrowDown, ArrowUp } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Checkbox } from '../controls/checkbox';
import { cx } from '../format/cx';
import type { Column, Sort } from './column';

type Props<Row extends object> = {
  columns: readonly Column<Row>[];
  /** For screen readers alone. */
  isUnseen?: boolean;
  /** Adds a checkbox for all rows. */
  selectAllLabel: string | undefined;
  checked: boolean | 'mixed';
  onCheck: (checked: boolean) => void;
  sort: Sort | undefined;
  onSortChange: ((sort: Sort | undefined) => void) | undefined;
  /** Called for ↓ or Esc in the head. */
  onLeave: () => void;
};

/** The head. No tab stop: ↑ on the first row enters it, ← → move and go round, a letter goes to the next column that begins with it, ↓ or Esc leave it. */
export function GridHead<Row extends object>({
  columns,
  isUnseen = false,
  selectAllLabel,
  checked,
  onCheck,
  sort,
  onSortChange,
  onLeave,
}: Props<Row>) {
  function move(event: KeyboardEvent<HTMLElement>) {
    const stops = headStops(event.currentTarget);
    const at = stops.findIndex((stop) => stop === event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const byLetter = [...stops.slice(at + 1), ...stops.slice(0, at)].find(
      (stop) => /^[a-z]$/i.test(event.key) && stop.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()),
    );
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'Escape') onLeave();
    else if (to !== undefined) stops.at(to % stops.length)?.focus();
    else if (byLetter) byLetter.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble up from its buttons
    <div role="rowgroup" onKeyDown={move} className={isUnseen ? 'sr-only' : 'sticky top-0 z-2 short:static'}>
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-7 pointer-coarse:h-9 grid-cols-(--columns) items-center gap-x-2 border-y border-line bg-canvas pr-3 pl-4 text-11 font-semibold text-text-3"
      >
        {selectAllLabel && (
          <span role="columnheader" className="-mx-1 flex">
            <Checkbox label={selectAllLabel} checked={checked} onChange={onCheck} tabIndex={-1} />
          </span>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} onSortChange={onSortChange} />
        ))}
      </div>
    </div>
  );
}

/** The focusable controls of the head, left to right. */
export function headStops(head: Element): HTMLElement[] {
  return [...head.querySelectorAll<HTMLElement>('button, input')];
}

type HeadCellProps<Row extends object> = Pick<Props<Row>, 'sort' | 'onSortChange'> & { column: Column<Row> };

function HeadCell<Row extends object>({ column, sort, onSortChange }: HeadCellProps<Row>) {
  const sorted = sort?.id === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const end = column.align === 'end';
  return (
    <span role="columnheader" aria-sort={sorted} className={cx('flex min-w-0', end && 'justify-end')}>
      {column.sortable && onSortChange ? (
        <button
          type="button"
          tabIndex={-1}
          onClick={() => onSortChange(nextSort(column.id, sort))}
          className={cx(
            'relative flex h-6 min-w-6 items-center gap-0.5 rounded-4 hover:text-text',
            end && 'flex-row-reverse',
            sorted && 'text-text',
          )}
        >
          <span className="truncate">{column.header}</span>
          {sorted && (sort?.descending ? <ArrowDown className="size-3" /> : <ArrowUp className="size-3" />)}
        </button>
      ) : (
        <span className="truncate">{column.header}</span>
      )}
    </span>
  );
}

/** Ascending, then descending, then unsorted. */
function nextSort(id: string, sort: Sort | undefined): Sort | undefined {
  if (sort?.id !== id) return { id, descending: false };
  return sort.descending ? undefined : { id, descending: true };
}
