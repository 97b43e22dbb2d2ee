import type { ReactNode } from 'react';
import { rem } from '../browser/text-size';

/** One column of a `DataGrid`. A new array of columns renders all rows. */
export type Column<Row extends object> = {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Width in px of the design; of a growing column the minimum. */
  width: number;
  /** Grows into the spare width. */
  grow?: boolean | undefined;
  align?: 'start' | 'end' | undefined;
  /** Its header is a button that sorts. */
  sortable?: boolean | undefined;
  /** Columns with a number hide when the grid is narrow, the lowest number first. */
  hideOrder?: number | undefined;
  cellClassName?: string | undefined;
};

export type Sort = { id: string; descending: boolean };

/** Px between columns, and left and right of a row. */
const gap = 8;
const padding = { left: 16, right: 12 };
/** The checkbox column and its gap. */
const checkboxWidth = 16 + gap;

/** Ids of the columns to hide so that the others fit into `width` px of the design; growing columns count with their minimum. */
export function columnsThatDoNotFit<Row extends object>(
  columns: readonly Column<Row>[],
  width: number,
  selectable: boolean,
): string[] {
  const room = width - padding.left - padding.right - (selectable ? checkboxWidth : 0);
  let needed = columns.reduce((sum, column) => sum + column.width + gap, -gap);
  const hidden: string[] = [];
  const candidates = columns
    .filter((column) => column.hideOrder !== undefined)
    .toSorted((a, b) => (a.hideOrder ?? 0) - (b.hideOrder ?? 0));
  for (const column of candidates) {
    if (needed <= room) break;
    hidden.push(column.id);
    needed -= column.width + gap;
  }
  return hidden;
}

/** `grid-template-columns` of every row. */
export function template<Row extends object>(columns: readonly Column<Row>[], selectable: boolean): string {
  const tracks = columns.map((column) => (column.grow ? 'minmax(0, 1fr)' : rem(column.width)));
  return [...(selectable ? ['1rem'] : []), ...tracks].join(' ');
}
