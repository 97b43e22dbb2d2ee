import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { recordedAccount } from '@/messages/recorded-account';
import { deletions } from '@/state/messages/deleted-messages';
import { records } from '@/state/messages/records';
import { closeDialog, currentDialog } from '@/state/navigation/open-dialog';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { ClearQueue } from './clear-queue-dialog';
import { CreateQueue } from './create-queue-dialog';
import { DeleteQueue } from './delete-queue-dialog';
import { QueueMetadata } from './queue-metadata-dialog';
import { render, testAccount, uniqueName } from './render-queues.fixture';

const close = () => {};

// Toasts of the test before must not lie over the dialog.
beforeEach(async () => {
  await page.viewport(1000, 800);
  for (const { id } of readToasts()) dismissToast(id);
});

test('ticks the rules for names as one types and creates with metadata, case kept', async () => {
  const account = await testAccount();
  const name = uniqueName('created');
  await render(<CreateQueue account={account} onClose={close} />);
  const create = page.getByRole('button', { name: 'Create queue' });
  const field = page.getByRole('textbox', { name: 'Queue name' });

  await field.fill('My--Queue');
  await expect.element(page.getByText('Has no two hyphens in a row: not kept')).toBeInTheDocument();
  await expect.element(page.getByText('Has 3 to 63 characters: kept')).toBeInTheDocument();
  await expect.element(create).toBeDisabled();

  await field.fill(name);
  await page.getByRole('button', { name: 'Add metadata' }).click();
  await page.getByRole('textbox', { name: 'Name 1' }).fill('1st');
  await page.getByRole('textbox', { name: 'Value 1' }).fill('Team Orders');
  await expect.element(page.getByText('A metadata name starts with a letter or an underscore.')).toBeVisible();
  await expect.element(create).toBeDisabled();
  await page.getByRole('textbox', { name: 'Name 1' }).fill('Owner');
  await create.click();

  await expect.element(page.getByText(`Created ${name}`)).toBeVisible();
  for await (const queues of account.listQueues({ prefix: name })) {
    expect(queues).toEqual([{ name, metadata: { Owner: 'Team Orders' } }]);
  }
  expect(location.hash).toContain(name);
});

test('a name that is taken with other metadata is told in the form, and can be opened', async () => {
  const account = await testAccount();
  const name = uniqueName('taken');
  await account.createQueue(name, { metadata: { a: '1' } });
  await render(<CreateQueue account={account} name={name} onClose={close} />);

  await page.getByRole('button', { name: 'Create queue' }).click();
  await expect.element(page.getByText('409 QueueAlreadyExists')).toBeVisible();
  await page.getByRole('button', { name: `Open ${name}` }).click();
  expect(location.hash).toContain(name);
});

test('a name that is there already, alike, is said to be', async () => {
  const account = await testAccount();
  const name = uniqueName('twice');
  await account.createQueue(name);
  await render(<CreateQueue account={account} name={name} onClose={close} />);

  await page.getByRole('button', { name: 'Create queue' }).click();
  await expect.element(page.getByText(`${name} was there already`)).toBeVisible();
});

test('counts down while Azure still deletes a queue of that name, until told to stop', async () => {
  const busy =
    '<?xml version="1.0"?><Error><Code>QueueBeingDeleted</Code><Message>It is being deleted.</Message></Error>';
  const account = await testAccount(() => Promise.resolve(new Response(busy, { status: 409 })));
  await render(<CreateQueue account={account} name="orders" onClose={close} />);

  await page.getByRole('button', { name: 'Create queue' }).click();
  await expect.element(page.getByText('Azure is still deleting a queue named orders')).toBeVisible();
  await expect.element(page.getByRole('timer')).toHaveTextContent(/^Next try in [45] s$/);
  await expect.element(page.getByRole('button', { name: 'Create queue' })).toBeDisabled();
  await page.getByRole('button', { name: 'Stop' }).click();

  await expect.poll(() => page.getByRole('timer').elements()).toEqual([]);
  await expect.element(page.getByRole('button', { name: 'Create queue' })).toBeEnabled();
});

test('deletes a queue once its name was typed, and says what goes with it', async () => {
  const account = await testAccount();
  const name = uniqueName('doomed');
  await account.createQueue(name);
  await account.sendMessage(name, { text: 'bye' });
  await render(<DeleteQueue account={account} queue={name} onClose={close} />);

  await expect.element(page.getByText('About 1 message goes with it. You cannot undo this.')).toBeVisible();
  const button = page.getByRole('button', { name: 'Delete queue' });
  await expect.element(button).toBeDisabled();
  await page.getByRole('textbox').fill(name);
  await button.click();

  await expect.element(page.getByText(`Deleted ${name}`)).toBeVisible();
  await expect(account.getQueueProperties(name)).rejects.toMatchObject({ code: 'QueueNotFound' });
});

test('a delete that is refused stays open with the code', async () => {
  const name = uniqueName('never-there');
  await render(<DeleteQueue account={await testAccount()} queue={name} onClose={close} />);

  await page.getByRole('textbox').fill(name);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('404 QueueNotFound')).toBeVisible();
});

test('clears a queue once its name was typed', async () => {
  const onClose = vi.fn<() => void>();
  const account = await testAccount();
  const name = uniqueName('cleared');
  await account.createQueue(name);
  await account.sendMessage(name, { text: 'one' });
  await render(<ClearQueue account={account} queue={name} onClose={onClose} />);

  await page.getByRole('textbox').fill(name);
  await page.getByRole('button', { name: 'Clear queue' }).click();
  await expect.element(page.getByText(`Cleared ${name}`)).toBeVisible();
  expect(onClose).toHaveBeenCalledOnce();
  expect(await account.peekMessages(name)).toEqual([]);
});

test('what was loaded of a cleared queue can be added again', async () => {
  const plain = await testAccount();
  records.open(plain.id);
  const account = recordedAccount(plain, records, Date.now);
  const name = uniqueName('again');
  await account.createQueue(name);
  for (const text of ['one', 'two']) await account.sendMessage(name, { text });
  const ids = (await account.peekMessages(name, { count: 32 })).map(({ id }) => id);
  await render(<ClearQueue account={account} queue={name} onClose={close} />);
  await page.getByRole('textbox').fill(name);
  await userEvent.keyboard('{Enter}');
  await expect
    .element(page.getByText(/^2 messages, as last seen at \d\d:\d\d:\d\d, can be added again\.$/))
    .toBeVisible();
  await page.getByRole('button', { name: 'Add again' }).click();
  const open = currentDialog();
  expect(open).toMatchObject({ kind: 'addAgain', connectionId: account.id, queue: name });
  expect(deletions.all().find(({ id }) => open?.kind === 'addAgain' && id === open.deletion)?.ids).toEqual(ids);
  closeDialog();
});

test('a clear that is refused stays open with the code', async () => {
  const name = uniqueName('never-there');
  await render(<ClearQueue account={await testAccount()} queue={name} onClose={close} />);
  await page.getByRole('textbox').fill(name);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('404 QueueNotFound');
  await expect.element(page.getByText(`Cleared ${name}`)).not.toBeInTheDocument();
});

test('edits metadata, and asks when somebody else changed it meanwhile', async () => {
  const account = await testAccount();
  const name = uniqueName('noted');
  await account.createQueue(name, { metadata: { Owner: 'a' } });
  await render(<QueueMetadata account={account} queue={name} onClose={close} />);
  const save = page.getByRole('button', { name: 'Save metadata' });

  await expect.element(page.getByRole('textbox', { name: 'Name 1' })).toHaveValue('Owner');
  await expect.element(save).toBeDisabled();
  await page.getByRole('textbox', { name: 'Value 1' }).fill('mine');
  await account.setQueueMetadata(name, { Owner: 'theirs', Region: 'EU' });
  await save.click();

  await expect.element(page.getByText('The metadata changed since you opened it')).toBeVisible();
  await expect.element(page.getByText('Region: EU')).toBeVisible();
  await expect.element(save).toBeDisabled();
  expect((await account.getQueueProperties(name)).metadata).toEqual({ owner: 'theirs', region: 'EU' });
  await page.getByRole('button', { name: 'Replace with mine' }).click();

  await expect.element(page.getByText(`Saved metadata of ${name}`)).toBeVisible();
  expect((await account.getQueueProperties(name)).metadata).toEqual({ owner: 'mine' });
});

test('metadata that was to replace what somebody else wrote, and failed, is saved without being asked again', async () => {
  let isBusy = false;
  const account = await testAccount((input, init) =>
    isBusy ? Promise.resolve(new Response(null, { status: 403 })) : fetch(input, init),
  );
  const name = uniqueName('noted');
  await account.createQueue(name, { metadata: { owner: 'a' } });
  await render(<QueueMetadata account={account} queue={name} onClose={close} />);
  const save = page.getByRole('button', { name: 'Save metadata' });
  await page.getByRole('textbox', { name: 'Value 1' }).fill('mine');
  await account.setQueueMetadata(name, { owner: 'theirs' });
  await save.click();
  await expect.element(page.getByRole('button', { name: 'Replace with mine' })).toBeVisible();
  isBusy = true;
  await page.getByRole('button', { name: 'Replace with mine' }).click();
  await expect.element(page.getByRole('alert')).toBeVisible();
  isBusy = false;
  await save.click();
  await expect.element(page.getByText(`Saved metadata of ${name}`)).toBeVisible();
  expect((await account.getQueueProperties(name)).metadata).toEqual({ owner: 'mine' });
});

test('metadata of more than 8 KiB is not sent', async () => {
  const account = await testAccount();
  const name = uniqueName('noted');
  await account.createQueue(name, { metadata: { owner: 'a' } });
  await render(<QueueMetadata account={account} queue={name} onClose={close} />);
  const save = page.getByRole('button', { name: 'Save metadata' });
  // Names count as well.
  const value = page.getByRole('textbox', { name: 'Value 1' });
  await value.fill('b'.repeat(8192 - 'owner'.length));
  await expect.element(save).toBeEnabled();
  await value.fill('b'.repeat(8192 - 'owner'.length + 1));
  await expect.element(save).toBeDisabled();
});
