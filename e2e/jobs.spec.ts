import type { QueueClient } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { connectionId } from './accounts';
import { connectForm } from './connect-form';
import { exactTextsIn, putExact } from './exact-text';
import { dequeueCounts, expect, lengthOf, test, textsIn } from './queue-screen';

// Jobs on many messages, which outlive the screen that began them.

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `message ${index}`);

/** Adds many messages, several in parallel. */
async function fill(queue: QueueClient, texts: readonly string[]) {
  await queue.createIfNotExists();
  const waiting = texts.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const text of waiting) await queue.sendMessage(text);
    }),
  );
}

/** All texts of a queue, sorted; it hides them for a while. */
async function allTexts(queue: QueueClient): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 300 });
    if (receivedMessageItems.length === 0) return texts.toSorted();
    texts.push(...receivedMessageItems.map(({ messageText }) => messageText));
  }
}

const jobs = (page: Page) => page.getByRole('region', { name: 'Jobs' });
const dialog = (page: Page) => page.getByRole('dialog');
async function queueAction(page: Page, item: string) {
  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
async function chooseTarget(page: Page, queue: string) {
  await dialog(page).getByRole('combobox', { name: 'To queue' }).fill(queue);
}

test('a whole queue is moved to a new one, with time to live and every text', async ({
  page,
  azurite,
  queueName,
  seed,
}) => {
  const { queue, screen } = await seed();
  const target = azurite.getQueueClient(queueName('target'));
  await fill(queue, numbered(200));
  await screen.open();
  await expect(screen.rows.first()).toBeVisible();

  await queueAction(page, 'Move all messages');
  await expect(dialog(page)).toContainText('Move about 200 messages');
  await chooseTarget(page, target.name);
  await dialog(page)
    .getByRole('checkbox', { name: `Create ${target.name}` })
    .check();
  await expect(dialog(page)).toContainText(`${target.name} does not exist and is created first`);
  await dialog(page).getByRole('button', { name: 'Move all messages' }).click();

  // On a busy machine Azurite does about ten per second.
  await expect(jobs(page)).toContainText('Moved 200 messages', { timeout: 120_000 });
  await expect(jobs(page)).toContainText(`${queue.name} to ${target.name}`);
  expect(await lengthOf(queue)).toBe(0);
  expect(await allTexts(target)).toEqual(numbered(200).toSorted());
  await expect(page.getByText(`${queue.name} is empty`)).toBeVisible();
});

test('chosen messages are moved byte for byte, unleased ones after a search from the front', async ({
  page,
  azurite,
  queueName,
  seed,
}) => {
  const { queue, screen } = await seed();
  const target = azurite.getQueueClient(queueName('target'));
  await target.create();
  const texts = ['a\r\nb', ' <kept & safe> ', 'second\n', '\u{1F600}', 'stays'];
  const ids: string[] = [];
  for (const text of texts) ids.push(await putExact(queue, text));
  await screen.open({ mode: 'receive' });
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  await expect(screen.leases).toHaveCount(1);
  for (const id of ids.slice(0, 4))
    await page.getByRole('checkbox', { name: `Select message ${id.slice(0, 8)}` }).check();

  await page.getByRole('main').focus();
  await page.keyboard.press('m');
  await expect(dialog(page)).toContainText('Move 4 messages');
  await expect(dialog(page)).toContainText('3 messages are not leased yet');
  await chooseTarget(page, target.name);
  await dialog(page).getByRole('button', { name: 'Move 4 messages' }).click();

  await expect(jobs(page)).toContainText('Moved 4 messages');
  await expect(jobs(page)).toContainText('1 message returned, dequeue count up by 1');
  expect((await exactTextsIn(target)).toSorted()).toEqual(texts.slice(0, 4).toSorted());
  expect(await exactTextsIn(queue)).toEqual(['stays']);
  expect(await dequeueCounts(queue)).toEqual([1]);
  expect(await dequeueCounts(target)).toEqual([0, 0, 0, 0]);
});

test('a poison queue is redriven to its own queue, which is preselected', async ({
  page,
  azurite,
  queueName,
  seed,
}) => {
  const parent = azurite.getQueueClient(queueName('orders'));
  const poison = azurite.getQueueClient(`${parent.name}-poison`);
  const { screen } = await seed();
  await parent.create();
  await fill(poison, numbered(40));
  await screen.open();
  await page.getByRole('link', { name: new RegExp(`^${poison.name}, about`) }).click();

  await page.getByRole('button', { name: 'Redrive' }).click();
  await expect(dialog(page).getByRole('combobox', { name: 'To queue' })).toHaveValue(parent.name);
  await dialog(page).getByRole('button', { name: 'Redrive all messages' }).click();

  await expect(jobs(page)).toContainText('Redriven 40 messages');
  expect(await allTexts(parent)).toEqual(numbered(40).toSorted());
  expect(await lengthOf(poison)).toBe(0);
  await poison.delete();
});

test('a queue is copied into another account, and the originals are returned', async ({ page, accounts, seed }) => {
  const { harborlane } = accounts;
  const target = harborlane.client.getQueueClient(`copied-${Date.now().toString(36)}`);
  await target.create();
  const { queue, screen } = await seed(...numbered(5));
  await page.goto('/#/connect');
  const { details, submit } = connectForm(page);
  await details.fill(harborlane.connectionString);
  await submit.click();
  await expect(page).toHaveURL(new RegExp(connectionId(harborlane).replaceAll('.', '\\.')));
  await screen.open();
  await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
  await page.getByRole('button', { name: 'More for the selected messages' }).click();
  await page.getByRole('menuitem', { name: 'Copy to a queue' }).click();

  await expect(dialog(page)).toContainText('Raises the dequeue count of 5 messages by 1');
  const account = dialog(page).getByRole('combobox', { name: 'To account' });
  await account.selectOption({ index: 1 });
  await chooseTarget(page, target.name);
  await dialog(page).getByRole('button', { name: 'Copy 5 messages' }).click();

  await expect(jobs(page)).toContainText('Copied 5 messages');
  expect((await textsIn(target)).toSorted()).toEqual(numbered(5));
  expect((await textsIn(queue)).toSorted()).toEqual(numbered(5));
  expect(await dequeueCounts(queue)).toEqual([1, 1, 1, 1, 1]);
  await target.delete();
});

test('a cancelled move leaves every message in one of both queues', async ({ page, azurite, queueName, seed }) => {
  const { queue, screen } = await seed();
  const target = azurite.getQueueClient(queueName('target'));
  await target.create();
  await fill(queue, numbered(120));
  await screen.open();
  await queueAction(page, 'Move all messages');
  await chooseTarget(page, target.name);
  await dialog(page).getByRole('spinbutton', { name: 'Messages per second' }).fill('40');
  await dialog(page).getByRole('button', { name: 'Move all messages' }).click();
  await expect.poll(() => lengthOf(target)).toBeGreaterThan(10);
  await expect(page.getByRole('progressbar', { name: 'Move job progress' })).toBeVisible();

  await jobs(page).getByRole('button', { name: 'Cancel' }).click();

  await expect(jobs(page)).toContainText(/Cancelled: moved \d+ of 120 messages/);
  await expect(jobs(page)).toContainText(/\d+ not begun/);
  const moved = await allTexts(target);
  const left = await allTexts(queue);
  expect(left.length).toBeGreaterThan(0);
  expect([...moved, ...left].toSorted()).toEqual(numbered(120).toSorted());
});

test('a reload during a copy asks first, and the leased messages can be returned', async ({
  page,
  azurite,
  queueName,
  seed,
}) => {
  const { queue, screen } = await seed();
  const target = azurite.getQueueClient(queueName('target'));
  await target.create();
  await fill(queue, numbered(60));
  await screen.open();
  const questions: string[] = [];
  page.on('dialog', (asked) => {
    questions.push(asked.type());
    void asked.accept();
  });
  await queueAction(page, 'Copy all messages');
  await chooseTarget(page, target.name);
  await dialog(page).getByRole('spinbutton', { name: 'Messages per second' }).fill('10');
  await dialog(page).getByRole('button', { name: 'Copy all messages' }).click();
  // All are leased, but not all copied.
  await expect.poll(() => lengthOf(target)).toBeGreaterThan(5);

  await page.reload();
  expect(questions.length).toBeGreaterThan(0);
  const strip = page.getByRole('region', { name: `Interrupted job: copy of ${queue.name}` });
  await expect(strip).toContainText(/of 60 at \d\d:\d\d/);
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('message ');
  const release = strip.getByRole('button', { name: /^Release \d+$/ });
  const hidden = Number((await release.innerText()).replace(/\D/g, ''));
  expect(hidden).toBeGreaterThan(20);
  await release.click();
  await expect(screen.notes).toContainText(`Released ${hidden} leases`);
  expect(await allTexts(queue)).toEqual(numbered(60).toSorted());
  expect(new Set(await allTexts(target)).size).toBe(await lengthOf(target));
  await expect(strip).not.toContainText('hidden');
  await strip.getByRole('button', { name: 'Close' }).click();
  await expect(strip).toBeHidden();
});

test('a target that refuses keeps the originals, and the failures are listed and retried', async ({
  page,
  azurite,
  queueName,
  seed,
}) => {
  const { queue, screen } = await seed(...numbered(6));
  const target = azurite.getQueueClient(queueName('target'));
  await target.create();
  await screen.open();
  await page.route(`**/${target.name}/messages**`, (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 403, headers: READABLE, body: REFUSAL })
      : route.continue(),
  );
  await queueAction(page, 'Move all messages');
  await chooseTarget(page, target.name);
  await dialog(page).getByRole('button', { name: 'Move all messages' }).click();
  await expect(jobs(page)).toContainText('Nothing moved');
  await expect(jobs(page)).toContainText('6 not moved');
  expect(await lengthOf(queue)).toBe(6);

  await jobs(page).getByRole('button', { name: 'Show failures' }).click();
  const failures = dialog(page).getByRole('list', { name: 'What is not simply done' }).getByRole('listitem');
  await expect(failures).toHaveCount(6);
  await expect(failures.first()).toContainText('403 AuthorizationPermissionMismatch');
  await expect(failures.first().getByRole('button', { name: 'View request' })).toBeVisible();

  await page.unroute(`**/${target.name}/messages**`);
  await dialog(page).getByRole('button', { name: 'Retry 6 messages' }).click();
  await expect(jobs(page)).toContainText('Moved 6 messages');
  expect((await textsIn(target)).toSorted()).toEqual(numbered(6));
  const download = page.waitForEvent('download');
  await jobs(page).getByRole('button', { name: 'Save report' }).last().click();
  await page.getByRole('menuitem', { name: /^As CSV/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^move-report-\d{8}-\d{6}\.csv$/);
});

test('unleased messages are deleted after a warning, and added again', async ({ page, seed }) => {
  const { queue, screen, short } = await seed(...numbered(6));
  await screen.open();
  for (const id of short.slice(0, 3)) await page.getByRole('checkbox', { name: `Select message ${id}` }).check();
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(dialog(page)).toContainText('3 messages are not leased yet');
  await expect(dialog(page).getByRole('button', { name: /^Keep messages/ })).toBeFocused();
  await dialog(page).getByRole('button', { name: 'Delete 3 messages' }).click();

  await expect(jobs(page)).toContainText('Deleted 3 messages');
  expect((await textsIn(queue)).toSorted()).toEqual(numbered(6).slice(3));

  await jobs(page).getByRole('button', { name: 'Add 3 again' }).click();
  await expect(dialog(page)).toContainText('What cannot come back: id, insertion time, dequeue count');
  await dialog(page).getByRole('button', { name: 'Add 3 messages again' }).click();
  await expect(jobs(page)).toContainText('Added again 3 messages');
  expect((await textsIn(queue)).toSorted()).toEqual(numbered(6));
});

test('messages that were loaded before a clear can be added again', async ({ page, seed }) => {
  const { queue, screen } = await seed('a', 'b');
  await screen.open();
  await expect(screen.rows).toHaveCount(2);
  await queueAction(page, 'Clear queue');
  const confirm = page.getByRole('alertdialog');
  await confirm.getByRole('textbox').fill(queue.name);
  await confirm.getByRole('button', { name: 'Clear queue' }).click();
  await screen.notes.getByRole('button', { name: 'Add again' }).click();
  await dialog(page).getByRole('button', { name: 'Add 2 messages again' }).click();
  await expect(jobs(page)).toContainText('Added again 2 messages');
  expect((await textsIn(queue)).toSorted()).toEqual(['a', 'b']);
});

test('several queues are cleared by a pattern, once their number was typed', async ({ page, azurite, queueName }) => {
  const stem = queueName('many');
  const queues = ['one', 'two', 'three-poison'].map((end) => azurite.getQueueClient(`${stem}-${end}`));
  for (const queue of queues) await fill(queue, numbered(3));
  await page.goto(`/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}`);
  await page.getByRole('button', { name: 'Clear several queues' }).click();
  await dialog(page).getByRole('textbox', { name: 'Queues' }).fill(`${stem}-*`);
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('checkbox', { name: `${stem}-one` })).toBeFocused();
  await dialog(page).getByRole('checkbox', { name: 'Select all shown queues' }).check();
  await dialog(page)
    .getByRole('checkbox', { name: `${stem}-two` })
    .uncheck();
  await expect(dialog(page)).toContainText('about 6 messages of 2 queues');
  const clear = dialog(page).getByRole('button', { name: 'Clear 2 queues' });
  await expect(clear).toHaveAttribute('aria-disabled', 'true');
  await dialog(page).getByRole('textbox', { name: 'Type 2 to confirm' }).fill('2');
  await clear.click();
  await expect(jobs(page)).toContainText('Cleared 2 queues');
  expect(await Promise.all(queues.map(lengthOf))).toEqual([0, 3, 0]);
  for (const queue of queues) await queue.delete();
});

test('a message is saved as a template, and copies are sent with its placeholders filled in', async ({
  page,
  azurite,
  queueName,
  seed,
}) => {
  const { screen, short } = await seed('{"number": {{counter:3}}, "id": "{{uuid}}", "of": "{{person}}"}');
  const target = azurite.getQueueClient(queueName('target'));
  await target.create();
  await screen.open();
  const details = await screen.openDetails(short[0] ?? '');
  await details.getByRole('button', { name: 'More message actions' }).click();
  await page.getByRole('menuitem', { name: 'Save as template' }).click();
  await expect(screen.notes).toContainText('Saved as a template in this browser');

  await page.reload();
  await page.getByRole('link', { name: new RegExp(`^${target.name}, about`) }).click();
  await queueAction(page, 'Send copies');
  await dialog(page).getByRole('combobox', { name: 'Template' }).selectOption({ index: 1 });
  await dialog(page).getByRole('spinbutton', { name: 'Copies' }).fill('12');
  await dialog(page).getByRole('spinbutton', { name: 'Count from' }).fill('99');
  const preview = dialog(page).getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('listitem').last()).toContainText('{"number": 110, "id": "');
  await expect(preview).toContainText('Not a placeholder: {{person}}');
  await dialog(page).getByRole('button', { name: 'Send 12 messages' }).click();

  await expect(jobs(page)).toContainText('Sent 12 messages');
  const texts = (await textsIn(target)).toSorted();
  expect(texts.map((text) => text.slice(0, 15))).toEqual(
    Array.from({ length: 12 }, (_, index) => `{"number": ${String(99 + index).padStart(3, '0')},`).toSorted(),
  );
  expect(new Set(texts.map((text) => /"id": "([\da-f-]{36})"/.exec(text)?.[1])).size).toBe(12);
});

test('the text of chosen messages is changed after a trial, inside Base64 too, and long numbers stay', async ({
  page,
  seed,
}) => {
  const json = '{"id": 9007199254740993, "state": "new"}';
  const { queue, screen } = await seed(json, Buffer.from(json).toString('base64'), 'plain');
  await screen.open();
  await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
  await page.getByRole('button', { name: 'More for the selected messages' }).click();
  await page.getByRole('menuitem', { name: 'Change text' }).click();
  await page.getByRole('radio', { name: 'JSON value' }).click();
  await dialog(page).getByRole('textbox', { name: 'Path' }).fill('state');
  await dialog(page).getByRole('textbox', { name: 'New value, as JSON' }).fill('"done"');
  await expect(dialog(page).getByRole('region', { name: 'Dry run' })).toContainText(
    'Of 3 loaded messages 2 would change, 0 stay the same, 1 cannot be changed: It is not JSON',
  );
  await dialog(page).getByRole('button', { name: 'Change 3 messages' }).click();
  await expect(jobs(page)).toContainText('Changed text of 2 of 3 messages');
  await expect(jobs(page)).toContainText('1 not changed');
  const after = json.replace('new', 'done');
  expect((await textsIn(queue)).toSorted()).toEqual([after, Buffer.from(after).toString('base64'), 'plain'].toSorted());
});

test('an endless expression is stopped while the page keeps answering', async ({ page, seed }) => {
  const { queue, screen } = await seed(`${'a'.repeat(40)}!`, 'b-1');
  await screen.open();
  await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
  await page.getByRole('button', { name: 'More for the selected messages' }).click();
  await page.getByRole('menuitem', { name: 'Change text' }).click();
  await dialog(page).getByRole('checkbox', { name: 'Regular expression' }).check();
  await dialog(page).getByRole('textbox', { name: 'Find' }).fill('(a+)+$|b-(\\d)');
  await dialog(page).getByRole('textbox', { name: 'Replace with' }).fill('c-$2');
  await expect(dialog(page)).toContainText('1 would change');
  await expect(dialog(page)).toContainText('The expression took longer than half a second');
  await dialog(page).getByRole('button', { name: 'Change 2 messages' }).click();
  await expect(jobs(page)).toContainText('Changed text of 1 of 2 messages');
  expect((await textsIn(queue)).toSorted()).toEqual([`${'a'.repeat(40)}!`, 'c-1']);
});

for (const [what, begin, label] of [
  ['Set visibility', (page: Page) => more(page, 'Set visibility'), 'Hide 2 messages'],
  ['Delete', (page: Page) => page.keyboard.press('Delete'), 'Delete 2 messages'],
  ['Move', (page: Page) => page.keyboard.press('m'), 'Move 2 messages'],
] as const) {
  test(`after ${what} of chosen rows, whose buttons disappear, the focus is on the rows`, async ({
    page,
    azurite,
    queueName,
    seed,
  }) => {
    const { screen, short } = await seed('a', 'b', 'c');
    const target = azurite.getQueueClient(queueName('target'));
    await target.create();
    await screen.open();
    for (const id of short.slice(0, 2)) await page.getByRole('checkbox', { name: `Select message ${id}` }).check();
    await begin(page);
    if (what === 'Move') await chooseTarget(page, target.name);
    await dialog(page).getByRole('button', { name: label }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(screen.rows).toHaveCount(1);
    await expect(page.getByRole('toolbar', { name: /selected$/ })).toBeHidden();
    await expect(screen.grid).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(screen.details(short[2] ?? '')).toBeVisible();
  });
}

async function more(page: Page, item: string) {
  await page.getByRole('button', { name: 'More for the selected messages' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('chosen messages are hidden for the given time', async ({ page, seed }) => {
  const { queue, screen, short } = await seed('a', 'b');
  await screen.open();
  await page.getByRole('checkbox', { name: `Select message ${short[0]}` }).check();
  await page.getByRole('button', { name: 'More for the selected messages' }).click();
  await page.getByRole('menuitem', { name: 'Set visibility' }).click();
  await dialog(page).getByRole('button', { name: 'Hide 1 message' }).click();
  await expect(jobs(page)).toContainText('Set visibility of 1 message');
  expect(await textsIn(queue)).toEqual(['b']);
  expect(await lengthOf(queue)).toBe(2);
});

const READABLE = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
  'content-type': 'application/xml',
};
const REFUSAL =
  '<Error><Code>AuthorizationPermissionMismatch</Code><Message>This request is not authorized to perform this operation.</Message></Error>';
