import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { closeDialog, currentDialog } from '@/state/navigation/open-dialog';
import { listen } from '@/ui/feedback/listen.fixture';
import { press, sandboxScreen } from './sandbox-screen.fixture';
import { shortId } from './shared/short-id';

const screen = sandboxScreen('keys');

const grid = () => page.getByRole('grid', { name: `Messages in ${screen.queue}` });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const leases = () => grid().getByRole('img', { name: /^Leased by you/ });
const details = (id: string | undefined) => page.getByRole('complementary', { name: `Message ${shortId(id ?? '')}` });

test('a mode key puts the focus where one goes on, and Enter goes on', async () => {
  await screen.fill(3);
  await screen.show();
  await expect.element(grid()).toBeVisible();
  press('2');
  await expect.element(button(/^Receive \d+$/)).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(leases().first()).toBeVisible();
  await expect.element(button(/^Receive \d+$/)).toHaveFocus();
  press('3');
  await expect.element(button(/^Browse all/)).toHaveFocus();
  press('1');
  await expect.element(grid()).toHaveFocus();
});

test('choosing a mode by its radio leaves the focus there, so that the arrows go on', async () => {
  await screen.fill(1);
  await screen.show();
  const receive = page.getByRole('radio', { name: 'Receive' });
  page.getByRole('radio', { name: 'Peek' }).element().focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(button(/^Receive \d+$/)).toBeVisible();
  await expect.element(receive).toHaveFocus();
});

test('Enter in a number field does what its button does, with the number that is shown', async () => {
  await screen.fill(5);
  await screen.show({ mode: 'receive' });
  const many = page.getByRole('spinbutton', { name: 'Messages to receive' });
  await many.fill('');
  await userEvent.keyboard('{Enter}');
  await many.fill('2');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => leases().elements().length).toBe(2);
  await page.getByRole('spinbutton', { name: 'Visibility timeout' }).fill('9');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => leases().elements().length).toBe(4);
});

test('Enter in the number of messages to peek peeks again, though the number is the same', async () => {
  await screen.fill(1);
  await screen.show();
  await expect.poll(() => grid().getByRole('row').elements().length).toBe(2);
  await screen.fill(1);
  page.getByRole('spinbutton', { name: 'Messages to peek' }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => grid().getByRole('row').elements().length).toBe(3);
});

test('J and K open the message that they go to; the arrows only go to it', async () => {
  const [first, second] = await screen.fill(3);
  await screen.show();
  await expect.element(grid()).toBeVisible();
  grid().element().focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('complementary', { name: /^Message/ })).not.toBeInTheDocument();
  await userEvent.keyboard('k');
  await expect.element(details(first)).toBeVisible();
  await userEvent.keyboard('j');
  await expect.element(details(second)).toBeVisible();
  await expect.element(grid()).toHaveFocus();
  await userEvent.keyboard('{Escape}');
});

test('Enter opens details, and it is said which key goes to them', async () => {
  const [first] = await screen.fill(2);
  await screen.show();
  await expect.element(grid()).toHaveAttribute('aria-description', expect.stringContaining('F6'));
  grid().element().focus();
  // Not what the test before this one made it say.
  const ear = listen();
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(() => ear.said().filter((text) => text.startsWith('Details are open')))
    .toEqual(['Details are open. F6 goes to them, Esc closes them.']);
  ear.end();
  await expect.element(details(first).getByText('F6')).toBeVisible();
  await expect.element(grid()).toHaveFocus();
});

test('E on a message that is not leased asks to lease it first', async () => {
  const [first] = await screen.fill(2);
  await screen.show({ message: first });
  await expect.element(details(first)).toBeVisible();
  await expect.poll(() => grid().getByRole('row').elements().length).toBe(3);
  expect(press('e')).toBeUndefined();
  expect(currentDialog()).toMatchObject({ kind: 'leaseMessage', messageId: first, ahead: 0, thenEdit: true });
});

test('keys mean the row that shows the focus, before any arrow was pressed, and after that row has gone', async () => {
  const [first, second] = await screen.fill(2);
  await screen.show();
  const filter = page.getByRole('textbox', { name: 'Filter messages' });
  await filter.fill('message');
  await userEvent.keyboard('{Enter}');
  await expect.element(grid()).toHaveFocus();
  expect(press('e')).toBeUndefined();
  expect(currentDialog()).toMatchObject({ kind: 'leaseMessage', messageId: first });
  closeDialog();
  const [gone] = await screen.account.receiveMessages(screen.queue, { count: 1, visibilityTimeout: 30 });
  if (gone) await screen.account.deleteMessage(screen.queue, gone);
  press('r');
  await expect.poll(() => grid().getByRole('row').elements().length).toBe(2);
  expect(press('e')).toBeUndefined();
  expect(currentDialog()).toMatchObject({ kind: 'leaseMessage', messageId: second });
});

test('Enter and Esc in the filter lead back to the rows', async () => {
  await screen.fill(2);
  await screen.show();
  const filter = page.getByRole('textbox', { name: 'Filter messages' });
  await filter.fill('message');
  await userEvent.keyboard('{Enter}');
  await expect.element(grid()).toHaveFocus();
  filter.element().focus();
  await userEvent.keyboard('{Escape}');
  await expect.element(filter).toHaveValue('');
  await expect.element(filter).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(grid()).toHaveFocus();
});
