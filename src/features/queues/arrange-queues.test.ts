import { expect, test } from 'vitest';
import { arrangeQueues } from './arrange-queues';

const none: ReadonlyMap<string, number> = new Map();
const byName = { filter: '', sort: 'name', counts: none } as const;
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

test('draws a poison queue right under its own, even when another name sorts between them', () => {
  const rows = arrangeQueues(['orders', 'orders-eu', 'orders-poison', 'cart'], byName);

  expect(rows).toEqual([
    { name: 'cart', isPoison: false, parent: undefined },
    { name: 'orders', isPoison: false, parent: undefined },
    { name: 'orders-poison', isPoison: true, parent: 'orders' },
    { name: 'orders-eu', isPoison: false, parent: undefined },
  ]);
});

test('a poison queue whose own is gone stays at the top level, still flagged', () => {
  expect(arrangeQueues(['refunds-poison', 'cart'], byName)).toEqual([
    { name: 'cart', isPoison: false, parent: undefined },
    { name: 'refunds-poison', isPoison: true, parent: undefined },
  ]);
});

test('the poison queue of a poison queue is not lost', () => {
  expect(names(arrangeQueues(['a-poison-poison', 'a', 'a-poison'], byName))).toEqual([
    'a',
    'a-poison',
    'a-poison-poison',
  ]);
});

test('sorts by count, the fullest first, and what is not counted yet last', () => {
  const counts = new Map([
    ['small', 1],
    ['large', 900],
    ['empty', 0],
    ['empty-poison', 5000],
  ]);

  expect(
    names(
      arrangeQueues(['empty', 'empty-poison', 'large', 'other', 'small', 'another'], {
        ...byName,
        sort: 'count',
        counts,
      }),
    ),
  ).toEqual(['large', 'small', 'empty', 'empty-poison', 'another', 'other']);
});

test.each([
  ['ord', ['orders', 'orders-poison']],
  ['POISON', ['cart-poison', 'orders-poison']],
  ['  orders   poison ', ['orders-poison']],
  ['nothing', []],
  ['', ['cart-poison', 'orders', 'orders-poison']],
])('the filter %j keeps %j', (filter, expected) => {
  expect(names(arrangeQueues(['orders', 'orders-poison', 'cart-poison'], { ...byName, filter }))).toEqual(expected);
});

test('a poison queue is not drawn under a queue that the filter hides', () => {
  expect(arrangeQueues(['orders', 'orders-poison'], { ...byName, filter: 'poison' })).toEqual([
    { name: 'orders-poison', isPoison: true, parent: undefined },
  ]);
});
