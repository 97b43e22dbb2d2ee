import { useState } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { type Column, DataGrid, type Sort } from './data-grid';

type Line = { id: string; size: number };
const lines = (count: number, from = 0): Line[] =>
  Array.from({ length: count }, (_, index) => ({ id: `m${from + index}`, size: (index * 7919) % 1000 }));

const columns: Column<Line>[] = [
  { id: 'id', header: 'ID', width: 80, cell: (line) => line.id },
  {
    id: 'size',
    header: 'Size',
    width: 60,
    align: 'end',
    sortable: true,
    hideOrder: 1,
    cell: (line) => line.size,
  },
  {
    id: 'body',
    header: 'Body',
    width: 120,
    grow: true,
    cell: (line) => <span data-body="">{`body of ${line.id}`}</span>,
  },
];

const sorted = (rows: readonly Line[], sort: Sort | undefined) =>
  sort ? rows.toSorted((a, b) => (sort.descending ? b.size - a.size : a.size - b.size)) : rows;

type Options = {
  rows: readonly Line[];
  active?: string;
  onOpen?: (key: string) => void;
  rowCount?: number;
  width?: number;
};

function Grid({ rows, active: first, onOpen, rowCount, width = 800 }: Options) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(first);
  const [sort, setSort] = useState<Sort>();
  return (
    <div style={{ width, height: 400, display: 'flex' }}>
      <DataGrid
        label="Messages in orders"
        rows={sorted(rows, sort)}
        rowKey={(line) => line.id}
        columns={columns}
        rowHeight={32}
        rowCount={rowCount}
        selected={selected}
        onSelectedChange={setSelected}
        selectAllLabel="Select all loaded messages"
        selectLabel={(line) => `Select message ${line.id}`}
        active={active}
        onActiveChange={setActive}
        onOpen={onOpen}
        sort={sort}
        onSortChange={setSort}
        renderCompact={(line) => <p>{`compact ${line.id}`}</p>}
        emptyState={<p>orders is empty</p>}
        footer={<span>{`${selected.size} selected`}</span>}
      />
      <output aria-label="selected">{[...selected].join(' ')}</output>
      <output aria-label="active">{active}</output>
    </div>
  );
}

const grid = () => page.getByRole('grid', { name: 'Messages in orders' });
const scroller = () => grid().element() as HTMLElement;
const active = () => page.getByLabelText('active', { exact: true }).element().textContent;
const selected = () => page.getByLabelText('selected', { exact: true }).element().textContent;
const drawn = () => scroller().querySelectorAll('[data-index]').length;
/** Distance of a row from the top of the grid, in px. */
function top(key: string) {
  const row = [...scroller().querySelectorAll('[data-index]')].find((one) => one.textContent.includes(key));
  return row ? row.getBoundingClientRect().top - scroller().getBoundingClientRect().top : undefined;
}

async function enter() {
  scroller().focus();
  await expect.poll(() => scroller().getAttribute('aria-activedescendant')).not.toBeNull();
}

beforeEach(() => page.viewport(1000, 700));

describe('a grid of 10,000 rows', () => {
  test('does not scroll when focus comes with a press: the row under the mouse is the one pressed', async () => {
    await render(<Grid rows={lines(1000)} />);
    await expect.element(grid()).toBeVisible();
    scroller().scrollTop = 9600;
    await page.getByText('body of m303').click();
    expect(active()).toBe('m303');
    expect(scroller().scrollTop).toBe(9600);
  });

  test('has only the rows in sight in the page, and says how many there are', async () => {
    await render(<Grid rows={lines(10_000)} rowCount={10_432} />);
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '10433');
    await expect.element(grid()).toHaveAttribute('aria-multiselectable', 'true');
    expect(drawn()).toBeGreaterThan(10);
    expect(drawn()).toBeLessThan(40);

    await enter();
    await userEvent.keyboard('{End}');
    await expect.element(page.getByRole('row', { name: /m9999/ })).toHaveAttribute('aria-rowindex', '10001');
    expect(drawn()).toBeLessThan(40);
    expect(active()).toBe('m9999');
  });

  test('is one tab stop', async () => {
    await render(
      <>
        <button type="button">before</button>
        <Grid rows={lines(100)} />
        <button type="button">after</button>
      </>,
    );
    (page.getByText('before').element() as HTMLElement).focus();
    await userEvent.tab();
    await expect.element(grid()).toHaveFocus();
    await userEvent.tab();
    await expect.element(page.getByText('after')).toHaveFocus();
  });
});

describe('keys', () => {
  test('arrows, J and K, Home, End and the page keys move the active row and keep it in sight', async () => {
    await render(<Grid rows={lines(200)} active="m0" />);
    await enter();
    await userEvent.keyboard('{ArrowDown}j');
    expect(active()).toBe('m2');
    await userEvent.keyboard('k');
    expect(active()).toBe('m1');
    await userEvent.keyboard('{PageDown}');
    expect(Number(active().slice(1))).toBeGreaterThan(5);
    await userEvent.keyboard('{End}');
    expect(active()).toBe('m199');
    await expect.poll(() => top('m199')).toBeLessThanOrEqual(400 - 32 - 32);
    await userEvent.keyboard('{Home}');
    expect(active()).toBe('m0');
    // Below the sticky head, not under it.
    await expect.poll(() => top('m0')).toBe(28);
  });

  test('keys of the grid do not reach the page as well', async () => {
    const heard = vi.fn<() => void>();
    window.addEventListener('keydown', heard);
    await render(<Grid rows={lines(10)} active="m0" />);
    await enter();
    await userEvent.keyboard('j{Enter} ');
    window.removeEventListener('keydown', heard);
    expect(heard).not.toHaveBeenCalled();
  });

  test('Enter opens the row the keyboard is on', async () => {
    const onOpen = vi.fn<(key: string) => void>();
    await render(<Grid rows={lines(10)} onOpen={onOpen} />);
    await enter();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onOpen.mock.calls).toEqual([['m1']]);
  });

  test('↑ on the first row goes to the head, where Enter sorts and ↓ goes back', async () => {
    await render(<Grid rows={lines(50)} active="m0" />);
    await enter();
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(page.getByRole('checkbox', { name: 'Select all loaded messages' })).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByRole('button', { name: 'Size' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'ascending');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await expect.element(page.getByRole('button', { name: 'Size' })).toHaveFocus();
    await userEvent.keyboard('{Home}s');
    await expect.element(page.getByRole('button', { name: 'Size' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(grid()).toHaveFocus();
  });
});

describe('selection', () => {
  test('Space checks, Shift with arrows extends and lets go, Ctrl A checks all that is loaded', async () => {
    await render(<Grid rows={lines(20)} active="m3" />);
    await enter();
    await userEvent.keyboard(' ');
    expect(selected()).toBe('m3');
    await expect.element(page.getByRole('row', { name: /m3/ })).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{ArrowUp}{/Shift}');
    expect(selected()).toBe('m3 m4');
    await userEvent.keyboard('{Control>}a{/Control}');
    expect(selected().split(' ')).toHaveLength(20);
    await expect.element(page.getByRole('checkbox', { name: 'Select all loaded messages' })).toBeChecked();
  });

  test('a checkbox selects without opening, and the keyboard goes on from the grid', async () => {
    const onOpen = vi.fn<(key: string) => void>();
    await render(<Grid rows={lines(20)} onOpen={onOpen} />);
    await page.getByRole('checkbox', { name: 'Select message m2' }).click();
    await expect.element(page.getByRole('checkbox', { name: 'Select message m2' })).toBeChecked();
    expect(selected()).toBe('m2');
    expect(onOpen).not.toHaveBeenCalled();
    await expect.element(grid()).toHaveFocus();
  });

  test('a click opens, with Shift it extends, with Ctrl it adds', async () => {
    const onOpen = vi.fn<(key: string) => void>();
    await render(<Grid rows={lines(20)} onOpen={onOpen} />);
    await page.getByText('body of m2').click();
    expect(active()).toBe('m2');
    expect(onOpen.mock.calls).toEqual([['m2']]);
    await page.getByText('body of m4').click({ modifiers: ['Shift'] });
    expect(selected()).toBe('m2 m3 m4');
    await page.getByText('body of m9').click({ modifiers: ['Control'] });
    expect(selected()).toBe('m2 m3 m4 m9');
    expect(onOpen).toHaveBeenCalledTimes(1);
  });

  test('Shift extends from the row whose checkbox was pressed last', async () => {
    await render(<Grid rows={lines(20)} />);
    await page.getByRole('checkbox', { name: 'Select message m2' }).click();
    await page.getByRole('checkbox', { name: 'Select message m5' }).click({ modifiers: ['Shift'] });
    expect(selected()).toBe('m2 m3 m4 m5');
    await page.getByText('body of m9').click({ modifiers: ['Control'] });
    await page.getByText('body of m11').click({ modifiers: ['Shift'] });
    expect(selected()).toBe('m2 m3 m4 m5 m9 m10 m11');
  });

  test('the head checkbox says "some" and clears only what is loaded', async () => {
    await render(<Grid rows={lines(5)} />);
    await page.getByRole('checkbox', { name: 'Select message m1' }).click();
    const all = page.getByRole('checkbox', { name: 'Select all loaded messages' });
    await expect.element(all).toBePartiallyChecked();
    await all.click();
    expect(selected().split(' ')).toHaveLength(5);
    await all.click();
    expect(selected()).toBe('');
  });
});

describe('when rows are replaced', () => {
  test('the active row and what is in sight stay where they are', async () => {
    const rows = lines(500);
    const screen = await render(<Grid rows={rows} active="m100" />);
    await expect.poll(() => top('m100')).toBeGreaterThan(0);
    const before = top('m100');
    await screen.rerender(<Grid rows={[...lines(7, 1000), ...rows.slice(3)]} active="m100" />);
    await expect.poll(() => top('m100')).toBe(before);
    expect(active()).toBe('m100');
  });

  test('the keyboard goes on from the next row when its own has gone', async () => {
    const rows = lines(50);
    const screen = await render(<Grid rows={rows} active="m5" />);
    await enter();
    await screen.rerender(<Grid rows={rows.filter((line) => line.id !== 'm5')} active="m5" />);
    await expect.element(grid()).toHaveFocus();
    await expect
      .poll(() => document.getElementById(scroller().getAttribute('aria-activedescendant') ?? '')?.textContent)
      .toContain('m6');
    await userEvent.keyboard('{ArrowDown}');
    expect(active()).toBe('m7');
  });

  test('rows that were not replaced are not drawn again', async () => {
    const draw = vi.fn<(line: Line) => string>((line) => line.id);
    const counting: Column<Line>[] = [{ id: 'id', header: 'ID', width: 80, cell: draw }];
    const rows = lines(10);
    const one = (list: readonly Line[]) => (
      <div style={{ height: 400, display: 'flex' }}>
        <DataGrid label="Messages in orders" rows={list} rowKey={rowKey} columns={counting} rowHeight={32} />
      </div>
    );
    const screen = await render(one(rows));
    draw.mockClear();
    await screen.rerender(one(rows.with(4, { id: 'm4', size: 1 })));
    expect(draw.mock.calls.map(([line]) => line.id)).toEqual(['m4']);
  });
});

const rowKey = (line: Line) => line.id;

const first = () => scroller().querySelector('[data-index="0"] [data-body]')?.textContent;

test('sorts by a column, down on the second press, and back on the third', async () => {
  await render(<Grid rows={lines(30)} />);
  const sortBySize = page.getByRole('button', { name: 'Size' });
  await sortBySize.click();
  await sortBySize.click();
  await expect.poll(first).not.toBe('body of m0');
  await expect.element(page.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
  await sortBySize.click();
  await expect.poll(first).toBe('body of m0');
});

test('hides columns that do not fit', async () => {
  await render(<Grid rows={lines(3)} width={300} />);
  await expect.element(page.getByRole('columnheader', { name: 'Body' })).toBeVisible();
  await expect.poll(() => page.getByRole('columnheader', { name: 'Size' }).elements()).toHaveLength(0);
});

test('draws two-line rows of 60 px on a small screen', async () => {
  await page.viewport(390, 844);
  await render(<Grid rows={lines(3)} width={390} />);
  await expect.element(page.getByText('compact m1')).toBeVisible();
  expect(top('compact m1')).toBe(60);
});

test('shows the empty state instead of a grid without rows', async () => {
  await render(<Grid rows={[]} />);
  await expect.element(page.getByText('orders is empty')).toBeVisible();
  expect(grid().elements()).toHaveLength(0);
});
