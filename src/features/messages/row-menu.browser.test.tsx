import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { closeDialog, type MessageScope } from '@/state/navigation/open-dialog';
import { sandboxScreen } from './sandbox-screen.fixture';
import { shortId } from './shared/short-id';

const screen = sandboxScreen('menu');
const row = (id: string | undefined) => page.getByRole('row', { name: new RegExp(shortId(id ?? '')) });
const menu = (name: string | RegExp) => page.getByRole('menu', { name });
const item = (name: string | RegExp) => page.getByRole('menuitem', { name });
const check = (id: string | undefined) =>
  page.getByRole('checkbox', { name: `Select message ${shortId(id ?? '')}` }).click();
const grid = () => page.getByRole('grid', { name: `Messages in ${screen.queue}` });
const asked = () =>
  JSON.parse(page.getByLabelText('Dialog asked for').element().textContent || '{}') as Partial<MessageScope> & {
    kind?: string;
  };

beforeEach(() => getSelection()?.removeAllRanges());
afterEach(() => {
  closeDialog();
  vi.useRealTimers();
});

async function three() {
  const ids = await screen.fill(3);
  await screen.show();
  await expect.element(row(ids[2])).toBeVisible();
  return ids;
}
/** Whether the browser would have shown its own menu. */
function rightClick(element: Element): boolean {
  const { left, top } = element.getBoundingClientRect();
  const at = { clientX: left + 60, clientY: top + 8 };
  return element.dispatchEvent(new MouseEvent('contextmenu', { ...at, button: 2, bubbles: true, cancelable: true }));
}

describe('the menu of a message', () => {
  test('opens by a right click and means that message alone, whatever is selected', async () => {
    const [first, second, third] = await three();
    await check(first);
    await check(second);
    await row(third).click({ button: 'right' });
    await expect.element(menu(`Message ${shortId(third ?? '')}`)).toBeVisible();
    await item('Requeue').click();
    await expect.poll(asked).toMatchObject({ kind: 'moveMessages', action: 'requeue', ids: [third] });
    await expect.element(page.getByRole('toolbar', { name: '2 messages selected' })).toBeVisible();
  });

  test('on one of those that are selected means all of them, and says their number', async () => {
    const [first, second] = await three();
    await check(first);
    await check(second);
    await row(second).click({ button: 'right' });
    await expect.element(menu('2 messages selected')).toBeVisible();
    for (const name of [
      'Move 2',
      'Requeue 2',
      'Copy 2',
      'Export 2',
      'Change text of 2',
      'Set visibility of 2',
      'Delete 2',
    ])
      await expect.element(item(name)).toBeVisible();
    await expect.element(item('Edit')).not.toBeInTheDocument();
    await item('Export 2').click();
    await expect.poll(asked).toMatchObject({ kind: 'exportMessages', ids: [first, second] });
  });

  test('opens by Shift F10 on the row that the keyboard is on, and Esc gives the focus back to the rows', async () => {
    const [, , third] = await three();
    grid().element().focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await expect.element(menu(`Message ${shortId(third ?? '')}`)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    await expect.element(grid()).toHaveFocus();
  });

  test('a long press selects, and the row is not opened by the finger that leaves it; the next one opens the menu', async () => {
    const [first] = await three();
    const target = row(first).element();
    const { left, top } = target.getBoundingClientRect();
    const at = { clientX: left + 90, clientY: top + 8, pointerType: 'touch', bubbles: true, cancelable: true };
    const press = () => target.dispatchEvent(new PointerEvent('pointerdown', at));
    // One that moves is a scroll.
    press();
    target.dispatchEvent(new PointerEvent('pointermove', { ...at, clientY: top + 40 }));
    target.dispatchEvent(new PointerEvent('pointerup', at));
    press();
    const bar = page.getByRole('toolbar', { name: '1 message selected' });
    await expect.element(bar).toBeVisible();
    // Chrome tells of the same press by the event of the context menu, too.
    target.dispatchEvent(new MouseEvent('contextmenu', at));
    target.dispatchEvent(new PointerEvent('pointerup', at));
    target.dispatchEvent(new MouseEvent('click', at));
    await expect.element(page.getByRole('complementary', { name: /^Message/ })).not.toBeInTheDocument();
    await expect.element(bar).toBeVisible();
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    // While rows are selected it opens the menu of them.
    press();
    await expect.element(menu('1 message selected')).toBeVisible();
    target.dispatchEvent(new MouseEvent('click', at));
  });

  test('leaves the menu of the browser to selected text and to fields', async () => {
    const [first] = await three();
    const cell = row(first).getByRole('gridcell').elements().at(-1) as Element;
    expect(rightClick(page.getByRole('textbox', { name: 'Filter messages' }).element())).toBe(true);
    const range = document.createRange();
    range.selectNodeContents(cell);
    getSelection()?.addRange(range);
    expect(rightClick(cell)).toBe(true);
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    getSelection()?.removeAllRanges();
    expect(rightClick(cell)).toBe(false);
    await expect.element(page.getByRole('menu')).toBeVisible();
  });

  test('says why something cannot be done, as everywhere else', async () => {
    const [first] = await three();
    await row(first).click({ button: 'right' });
    await expect.element(item('Extend')).toHaveAttribute('title', 'Needs a lease: lease the message first');
    await item('Show details').click();
    await expect.element(page.getByRole('complementary', { name: `Message ${shortId(first ?? '')}` })).toBeVisible();
  });
});
