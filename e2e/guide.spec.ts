import { dequeueCounts, expect, lengthOf, peeked, test, textsIn } from './queue-screen';

// Each step of the guide "How to use Queue Storage", done in the page and checked with the official client.

test('create a queue, insert a message, peek at it', async ({ page, azurite, queueName }) => {
  const name = queueName();
  const queue = azurite.getQueueClient(name);

  await page.goto('/');
  await page.getByRole('button', { name: 'New queue' }).first().click();
  await page.getByRole('textbox', { name: 'Queue name' }).fill(name);
  await page.getByRole('button', { name: 'Create queue' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  expect(await queue.exists()).toBe(true);

  await page.getByRole('button', { name: 'Add message' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add message' });
  await dialog.getByRole('textbox', { name: 'Message body' }).fill('Hello, World');
  await dialog.getByRole('button', { name: 'Add message' }).click();
  await expect(dialog).toBeHidden();
  expect(await textsIn(queue)).toEqual(['Hello, World']);

  await expect(page.getByRole('radio', { name: 'Peek' })).toBeChecked();
  await expect(page.getByRole('grid', { name: `Messages in ${name}` }).getByText('Hello, World')).toBeVisible();
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(page.getByRole('link', { name: `${name}, about 1 message` })).toBeVisible();
  expect(await dequeueCounts(queue)).toEqual([0]);
});

test('dequeue the next message: receive it, then delete it', async ({ page, seed }) => {
  const { queue, short, screen } = await seed('first', 'second');
  const [first = ''] = short;
  await page.clock.install();
  await screen.open();

  await page.getByRole('radio', { name: 'Receive' }).click();
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  await expect(screen.row(first).getByRole('img', { name: /^Leased by you, 0:\d\d left$/ })).toBeVisible();
  expect(await textsIn(queue)).toEqual(['second']);
  expect(await lengthOf(queue)).toBe(2);

  const details = await screen.openDetails(first);
  await details.getByRole('button', { name: /^Delete/ }).click();
  await page.clock.fastForward(6000);
  await expect.poll(() => lengthOf(queue)).toBe(1);
  await expect(screen.rows).toHaveCount(1);
  expect(await textsIn(queue)).toEqual(['second']);
});

test('change the contents of a queued message, and when it becomes visible', async ({ page, seed }) => {
  const { queue, short, screen } = await seed('before');
  const [id = ''] = short;
  await screen.open();
  await screen.receive16();
  const details = await screen.openDetails(id);
  const receipt = details
    .getByRole('definition')
    .filter({ has: page.getByRole('button', { name: 'Copy pop receipt' }) });
  const before = await receipt.textContent();

  await details.getByRole('button', { name: /^Edit/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit message' });
  await dialog.getByRole('textbox', { name: 'Message body' }).fill('after');
  await dialog.getByRole('radio', { name: 'Custom' }).click();
  await dialog.getByRole('spinbutton', { name: 'Visibility timeout' }).fill('10');
  const saved = page.waitForRequest((request) => request.method() === 'PUT');
  await dialog.getByRole('button', { name: /^Save message/ }).click();
  expect((await saved).url()).toContain('visibilitytimeout=600');

  // Every update makes the receipt before it void: the lease continues with the new one.
  await expect(screen.leases).toHaveAccessibleName(/^Leased by you, (10:00|9:\d\d) left$/);
  await expect(receipt).not.toHaveText(before ?? '');
  expect(await peeked(queue)).toEqual([]);
  await details.getByRole('button', { name: /^Release lease/ }).click();
  await expect.poll(() => textsIn(queue)).toEqual(['after']);
  expect(await dequeueCounts(queue)).toEqual([1]);
});

test('dequeue in batches of up to 32, hidden for longer: 16 of 20 for five minutes', async ({ page, seed }) => {
  const { queue, screen } = await seed(...Array.from({ length: 20 }, (_, index) => `message ${index}`));
  await screen.open({ mode: 'receive' });
  await expect(screen.rows).toHaveCount(20);

  await page.getByRole('spinbutton', { name: 'Messages to receive' }).fill('16');
  await page.getByRole('combobox', { name: 'Unit of visibility timeout' }).selectOption('minutes');
  await page.getByRole('spinbutton', { name: 'Visibility timeout' }).fill('5');
  const received = page.waitForRequest(/numofmessages=16&visibilitytimeout=300/);
  await page.getByRole('button', { name: 'Receive 16' }).click();
  await received;

  await expect(screen.leases).toHaveCount(16);
  await expect(screen.leases.first()).toHaveAccessibleName(/^Leased by you, (5:00|4:\d\d) left$/);
  await expect(screen.rows).toHaveCount(20);
  expect(await textsIn(queue)).toEqual(['message 16', 'message 17', 'message 18', 'message 19']);
  expect(await lengthOf(queue)).toBe(20);
});

test('get the queue length: about how many, beside its name and in the list of queues', async ({ page, seed }) => {
  const { queue, screen } = await seed('a', 'b', 'c');
  // Hidden messages count too.
  await queue.receiveMessages({ visibilityTimeout: 300 });

  await screen.open();

  await expect(page.getByRole('main').getByText('≈ 3')).toBeVisible();
  await expect(page.getByRole('link', { name: `${queue.name}, about 3 messages` })).toBeVisible();
  await queue.sendMessage('d');
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(page.getByRole('link', { name: `${queue.name}, about 4 messages` })).toBeVisible();
  expect(await lengthOf(queue)).toBe(4);
});

test('delete the queue, once its name was typed', async ({ page, seed }) => {
  const { queue, screen } = await seed('a', 'b');
  await screen.open();

  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete queue' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Delete queue ${queue.name}?` });
  await expect(dialog).toContainText('About 2 messages go with it. You cannot undo this.');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await page.keyboard.type(queue.name.slice(0, -1));
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Delete queue' })).toBeDisabled();
  expect(await queue.exists()).toBe(true);

  await page.keyboard.type(queue.name.slice(-1));
  await dialog.getByRole('button', { name: 'Delete queue' }).click();
  await expect(page.getByText(`Deleted ${queue.name}`)).toBeVisible();
  await expect(page.getByRole('link', { name: queue.name })).toBeHidden();
  expect(await queue.exists()).toBe(false);
});
