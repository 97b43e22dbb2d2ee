import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { closeDialog, type MessageScope } from '@/state/navigation/open-dialog';
import { goTo } from '@/state/navigation/route';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { sandboxScreen } from './sandbox-screen.fixture';
import { shortId } from './shared/short-id';

const screen = sandboxScreen('named');
const WIDTHS = [
  [1440, 900],
  [390, 844],
] as const;

const button = (name: string | RegExp) => page.getByRole('button', { name });
const bar = () => page.getByRole('toolbar', { name: /selected$/ });
const asked = () =>
  JSON.parse(page.getByLabelText('Dialog asked for').element().textContent || '{}') as Partial<MessageScope> & {
    kind?: string;
    action?: string;
  };

/** Accessible names of all buttons that can be seen. */
const namesOnScreen = () =>
  button(/./)
    .elements()
    .filter((one) => one.checkVisibility())
    .map(
      (one) =>
        one.getAttribute('aria-label') ??
        [...one.childNodes]
          .filter(isRead)
          .map(({ textContent }) => textContent)
          .join('')
          .trim(),
    );
const isRead = (node: Node) => !(node instanceof Element && node.getAttribute('aria-hidden') === 'true');
const twice = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

async function poison(count: number) {
  const queue = `${screen.queue}-poison`;
  await screen.account.createQueue(queue);
  const ids: string[] = [];
  for (let index = 0; index < count; index++)
    ids.push((await screen.account.sendMessage(queue, { text: `message ${index}` })).id);
  return { queue, ids };
}

afterEach(async () => {
  closeDialog();
  await page.viewport(1280, 800);
});

describe.each(WIDTHS)('at %i by %i', (width, height) => {
  test('no two buttons have one name, whatever is selected, filtered and open', async () => {
    await page.viewport(width, height);
    const { queue, ids } = await poison(5);
    await screen.show({ queue });
    const look = (route: { mode?: 'receive'; filter?: string; message?: string }) =>
      goTo({ screen: 'explorer', connectionId: SANDBOX_ID, queue, mode: 'peek', filter: '', ...route });
    // The id of a message follows its "Select message".
    await expect.element(page.getByRole('row', { name: /message 4(?![0-9a-f])/ })).toBeVisible();
    expect(twice(namesOnScreen())).toEqual([]);
    expect(namesOnScreen()).toContain('Redrive');

    look({ filter: '"message 1"' });
    await expect.element(button('Redrive all 5')).toBeVisible();
    expect(twice(namesOnScreen())).toEqual([]);

    look({ mode: 'receive' });
    await button('16 for 5 min').click();
    await expect.element(page.getByRole('img', { name: /^Leased by you/ }).first()).toBeVisible();
    if (width < 760) {
      await button('More ways to look').click();
      await page.getByRole('menuitem', { name: 'Select messages' }).click();
      await button('Select all loaded messages').click();
    } else for (const id of ids) await page.getByRole('checkbox', { name: `Select message ${shortId(id)}` }).click();
    await expect.element(page.getByRole('toolbar', { name: '5 messages selected' })).toBeVisible();
    await expect.element(bar().getByRole('button', { name: 'Redrive 5' })).toBeVisible();
    for (const name of ['Export 5', 'Delete 5', 'Release 5', 'Extend 5'])
      await expect.element(bar().getByRole('button', { name })).toBeInTheDocument();
    await expect.element(button('Redrive all 5')).toBeVisible();
    expect(twice(namesOnScreen())).toEqual([]);

    look({ mode: 'receive', message: ids[0] ?? '' });
    await expect.element(page.getByRole('complementary', { name: `Message ${shortId(ids[0] ?? '')}` })).toBeVisible();
    // On a phone the details cover the rest.
    expect(width >= 760 ? twice(namesOnScreen()) : []).toEqual([]);
  });
});

test('selected messages are what the bar means, and all of the queue what the header means', async () => {
  const { queue, ids } = await poison(4);
  await screen.show({ queue });
  for (const id of ids.slice(0, 2)) await page.getByRole('checkbox', { name: `Select message ${shortId(id)}` }).click();
  await bar().getByRole('button', { name: 'Redrive 2' }).click();
  await expect.poll(asked).toMatchObject({ kind: 'moveMessages', action: 'redrive', ids: ids.slice(0, 2) });
  await button('Redrive all 4').click();
  await expect.poll(() => asked().ids).toBeUndefined();
  expect(asked()).toMatchObject({ kind: 'moveMessages', action: 'redrive' });
  await button('Export all 4').click();
  await expect.poll(asked).toMatchObject({ kind: 'exportMessages' });
  expect(asked().ids).toBeUndefined();
  await button('Clear selection').click();
  await expect.element(button(/^Redrive$/)).toBeVisible();
});

test('with a filter alone the dialog of the whole queue is told what is shown', async () => {
  const ids = await screen.fill(3);
  await screen.show({ filter: '"message 1"' });
  await expect.element(page.getByRole('row', { name: /Select message/ })).toHaveLength(1);
  await button('Export all 3').click();
  await expect.poll(asked).toMatchObject({ kind: 'exportMessages', shown: { ids: [ids[1]], reach: 2 } });
  await button('More queue actions').click();
  await page.getByRole('menuitem', { name: 'Change text of all messages' }).click();
  await expect.poll(asked).toMatchObject({ kind: 'changeText', shown: { ids: [ids[1]] } });
  await userEvent.keyboard('{Escape}');
});
