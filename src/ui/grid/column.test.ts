import { expect, test } from 'vitest';
import { type Column, columnsThatDoNotFit, template } from './column';

const column = (id: string, width: number, more: Partial<Column<object>> = {}): Column<object> => ({
  id,
  width,
  header: id,
  cell: () => null,
  ...more,
});
const columns = [
  column('id', 60, { hideOrder: 3 }),
  column('expires', 52, { hideOrder: 1 }),
  column('size', 48, { hideOrder: 2 }),
  column('body', 160, { grow: true }),
];
// 60 + 52 + 48 + 160, three gaps of 8 and the row's own 28.
const whole = 372;

test('hides nothing while everything fits', () => {
  expect(columnsThatDoNotFit(columns, whole, false)).toEqual([]);
  expect(columnsThatDoNotFit(columns, Number.POSITIVE_INFINITY, false)).toEqual([]);
});

test('hides in the given order, only as much as needed, and never a column without a place in it', () => {
  expect(columnsThatDoNotFit(columns, whole - 1, false)).toEqual(['expires']);
  expect(columnsThatDoNotFit(columns, whole - 61, false)).toEqual(['expires', 'size']);
  expect(columnsThatDoNotFit(columns, 10, false)).toEqual(['expires', 'size', 'id']);
});

test('counts the checkbox column', () => {
  expect(columnsThatDoNotFit(columns, whole + 23, true)).toEqual(['expires']);
  expect(template(columns, true)).toBe('1rem 3.75rem 3.25rem 3rem minmax(0, 1fr)');
});
