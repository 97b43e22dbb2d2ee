import type { Page } from '@playwright/test';
import { connectionId, connectionString, type TestAccount } from './accounts';
import { connect, connectForm } from './connect-form';
import { expect, test } from './fixtures';

/** The list of queues, by role and name. */
function sidebar(page: Page) {
  const aside = page.getByRole('complementary', { name: 'Queues' });
  return {
    aside,
    filter: aside.getByRole('textbox', { name: 'Filter queues' }),
    queue: (name: string) => aside.getByRole('link', { name: new RegExp(`^${name}(,|$)`) }),
    names: async () => (await aside.getByRole('listitem').getByRole('link').all()).length,
    order: () =>
      aside
        .getByRole('listitem')
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.split('/').at(-1))),
  };
}

/** Adds messages by the official client. */
async function fill(account: TestAccount['client'], name: string, messages: number) {
  const queue = account.getQueueClient(name);
  await queue.create();
  await Promise.all(Array.from({ length: messages }, (_, index) => queue.sendMessage(`message ${index}`)));
  return queue;
}

test('queues are listed with approximate counts, filtered, sorted, poison queues under their own', {
  tag: '@engines',
}, async ({ page, azurite, queueName }) => {
  const [many, few] = [queueName('a-few'), queueName('b-many')].toReversed() as [string, string];
  const poison = `${few}-poison`;
  await fill(azurite, many, 7);
  await fill(azurite, few, 2);
  await fill(azurite, poison, 3);
  await page.goto('/');
  const { queue, filter, order, aside } = sidebar(page);
  const mine = async () => (await order()).filter((name) => [many, few, poison].includes(name ?? ''));

  await expect(queue(many)).toHaveAccessibleName(`${many}, about 7 messages`);
  await expect(queue(few)).toHaveAccessibleName(`${few}, about 2 messages`);
  await expect(queue(poison)).toHaveAccessibleName(`${poison}, about 3 messages, poison queue of ${few}`);
  expect(await mine()).toEqual([few, poison, many]);

  await aside.getByRole('button', { name: 'Sort queues' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'By count' }).click();
  await expect.poll(mine).toEqual([many, few, poison]);

  await filter.fill(few);
  await expect.poll(order).toEqual([few, poison]);
  await filter.fill('no-such-queue');
  await expect(aside.getByRole('heading', { name: 'Nothing matches “no-such-queue”' })).toBeVisible();
  await filter.press('Escape');
  await expect(queue(many)).toBeVisible();

  await filter.fill(many);
  await filter.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: many })).toBeVisible();
  await expect(queue(many)).toHaveAttribute('aria-current', 'page');
  await azurite.getQueueClient(poison).delete();
});

test('a queue is created under the name rules, told as they are typed', async ({ page, azurite, queueName }) => {
  const name = queueName('fresh');
  await page.goto('/');
  await page.getByRole('button', { name: 'New queue' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New queue' });
  const field = dialog.getByRole('textbox', { name: 'Queue name' });
  const rule = (text: string) => dialog.getByRole('listitem').filter({ hasText: text });
  const create = dialog.getByRole('button', { name: 'Create queue' });

  await expect(field).toBeFocused();
  await expect(create).toBeDisabled();
  await field.fill('Ab--');
  await expect(rule('Has 3 to 63 characters')).toContainText(': kept');
  await expect(rule('Has only lower-case letters a to z, digits and hyphens')).toContainText(': not kept');
  await expect(rule('Starts and ends with a letter or digit')).toContainText(': not kept');
  await expect(rule('Has no two hyphens in a row')).toContainText(': not kept');
  await expect(create).toBeDisabled();
  await field.press('Enter');
  await expect(dialog).toBeVisible();

  await field.fill(name);
  await dialog.getByRole('button', { name: 'Add metadata' }).click();
  await dialog.getByRole('textbox', { name: 'Name 1' }).fill('OwnedBy');
  await dialog.getByRole('textbox', { name: 'Value 1' }).fill('billing');
  await create.click();

  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(sidebar(page).queue(name)).toBeVisible();
  expect((await azurite.getQueueClient(name).getProperties()).metadata).toEqual({ ownedby: 'billing' });
});

test('creating a queue waits and tries again while Azure still deletes one of that name', async ({
  page,
  azurite,
  queueName,
}) => {
  const name = queueName('phoenix');
  // Azurite frees a name at once; Azure answers this for half a minute.
  let refusals = 0;
  await page.route(new RegExp(`/${name}(\\?|$)`), async (route, request) => {
    if (request.method() !== 'PUT' || refusals === 2) return route.fallback();
    refusals += 1;
    await route.fulfill({
      status: 409,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': '*',
        'content-type': 'application/xml',
        'x-ms-error-code': 'QueueBeingDeleted',
      },
      body: '<?xml version="1.0"?><Error><Code>QueueBeingDeleted</Code><Message>The specified queue is being deleted.</Message></Error>',
    });
  });
  await page.clock.install();
  await page.goto('/');
  await page.getByRole('button', { name: 'New queue' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New queue' });
  await dialog.getByRole('textbox', { name: 'Queue name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create queue' }).click();

  for (const time of [1, 2]) {
    await expect(dialog).toContainText(`Azure is still deleting a queue named ${name}`);
    // A second is short for a busy machine.
    await expect(dialog.getByRole('timer')).toHaveText(/^Next try in [1-5] s$/);
    await page.clock.runFor(5000);
    await expect.poll(() => refusals).toBe(Math.min(2, time + 1));
  }
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  expect(await azurite.getQueueClient(name).exists()).toBe(true);
});

test('a queue is deleted by typing its name, and not by anything less', async ({ page, azurite, queueName }) => {
  const name = queueName('doomed');
  const client = await fill(azurite, name, 2);
  await page.goto(`/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}/${name}`);
  const open = async () => {
    await page.getByRole('button', { name: 'More queue actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete queue' }).click();
  };
  const dialog = page.getByRole('alertdialog', { name: `Delete queue ${name}?` });
  await open();
  const field = dialog.getByRole('textbox', { name: `Type ${name} to confirm` });
  const confirm = dialog.getByRole('button', { name: 'Delete queue' });

  await expect(dialog).toContainText('About 2 messages go with it. You cannot undo this.');
  await expect(field).toBeFocused();
  await expect(confirm).toBeDisabled();
  for (const typed of [name.slice(0, -1), ` ${name}`, name.toUpperCase()]) {
    await field.fill(typed);
    await field.press('Enter');
    await expect(confirm).toBeDisabled();
  }
  await dialog.getByRole('button', { name: 'Keep queue' }).click();
  await expect(dialog).toBeHidden();
  expect(await client.exists()).toBe(true);

  await open();
  await field.fill(name);
  await confirm.click();
  await expect(page.getByRole('heading', { level: 1, name: azurite.accountName })).toBeVisible();
  await expect(page.getByText(`Deleted ${name}`)).toBeVisible();
  await expect(sidebar(page).queue(name)).toHaveCount(0);
  expect(await client.exists()).toBe(false);
});

test('a queue is cleared by typing its name', async ({ page, azurite, queueName }) => {
  const name = queueName('spilled');
  const client = await fill(azurite, name, 3);
  await client.receiveMessages({ numberOfMessages: 1, visibilityTimeout: 300 });
  await page.goto(`/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}/${name}`);
  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Clear queue' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Clear queue ${name}?` });
  const confirm = dialog.getByRole('button', { name: 'Clear queue' });

  await expect(dialog).toContainText('messages go. Leased messages go too. The queue stays.');
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox').fill(name);
  await confirm.click();

  await expect(page.getByRole('status').filter({ hasText: `${name} is empty` })).toBeVisible();
  await expect(sidebar(page).queue(name)).toHaveAccessibleName(`${name}, about 0 messages`);
  expect((await client.getProperties()).approximateMessagesCount).toBe(0);
});

test('metadata is shown with the case of its names, and changed unless somebody else changed it', async ({
  page,
  azurite,
  queueName,
}) => {
  const name = queueName('labelled');
  const client = azurite.getQueueClient(name);
  await client.create({ metadata: { OwnerTeam: 'Billing', costCentre: '4711' } });
  const stored = async () => {
    for await (const item of azurite.listQueues({ prefix: name, includeMetadata: true })) return item.metadata;
    return undefined;
  };
  await page.goto(`/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}/${name}`);
  const open = async () => {
    await page.getByRole('button', { name: 'More queue actions' }).click();
    await page.getByRole('menuitem', { name: 'Metadata' }).click();
  };
  const dialog = page.getByRole('dialog', { name: `Metadata of ${name}` });
  const field = (label: string) => dialog.getByRole('textbox', { name: label });
  const save = dialog.getByRole('button', { name: 'Save metadata' });

  await open();
  await expect(field('Name 1')).toHaveValue('OwnerTeam');
  await expect(field('Value 1')).toHaveValue('Billing');
  await expect(field('Name 2')).toHaveValue('costCentre');
  await expect(save).toBeDisabled();
  await field('Name 2').fill('ownerteam');
  await expect(dialog).toContainText('This name is used above; case makes no difference.');
  await field('Name 2').fill('2nd');
  await expect(field('Name 2')).toHaveAttribute('aria-invalid', 'true');
  await expect(save).toBeDisabled();
  await field('Name 2').fill('CostCentre');
  await field('Value 2').fill('4712');
  await save.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`Saved metadata of ${name}`)).toBeVisible();
  expect(await stored()).toEqual({ OwnerTeam: 'Billing', CostCentre: '4712' });

  await open();
  // The service lists names in its own order.
  await expect(field('Name 1')).toHaveValue(/OwnerTeam|CostCentre/);
  const isFirst = (await field('Name 1').inputValue()) === 'OwnerTeam';
  await field(isFirst ? 'Value 1' : 'Value 2').fill('Shipping');
  await client.setMetadata({ OwnerTeam: 'Audit' });
  await save.click();
  await expect(dialog.getByRole('alert')).toContainText('The metadata changed since you opened it');
  expect(await stored()).toEqual({ OwnerTeam: 'Audit' });
  await dialog.getByRole('button', { name: 'Replace with mine' }).click();
  await expect(dialog).toBeHidden();
  expect(await stored()).toEqual({ OwnerTeam: 'Shipping', CostCentre: '4712' });
});

test('Refresh fetches the list and the counts again', async ({ page, azurite, queueName }) => {
  const name = queueName('tide');
  const client = await fill(azurite, name, 1);
  await page.goto('/');
  const { queue, aside } = sidebar(page);
  await expect(queue(name)).toHaveAccessibleName(`${name}, about 1 message`);

  await client.sendMessage('another');
  const later = queueName('later');
  await azurite.createQueue(later);
  await aside.getByRole('button', { name: 'Refresh counts' }).click();
  await expect(queue(name)).toHaveAccessibleName(`${name}, about 2 messages`);
  await expect(queue(later)).toBeVisible();
});

test('live mode refreshes at its interval, and stands still while the tab is hidden or a dialog is open', async ({
  page,
  azurite,
  queueName,
}) => {
  const name = queueName('live');
  const client = await fill(azurite, name, 1);
  const peeks: string[] = [];
  page.on('response', (answer) => {
    if (answer.url().includes(`/${name}/messages?peekonly`)) peeks.push(answer.url());
  });
  await page.clock.install();
  await page.goto(`/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}/${name}`);
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(1);
  const { queue } = sidebar(page);

  await page.getByRole('switch', { name: 'Live' }).click();
  await page.getByRole('combobox', { name: 'Refresh interval, 5 seconds' }).selectOption('10');
  await expect(page.getByRole('combobox', { name: 'Refresh interval, 10 seconds' })).toBeVisible();
  await client.sendMessage('second');
  const before = peeks.length;
  // This clock also runs by itself, which leaves room for a busy machine.
  await page.clock.runFor(6000);
  expect(peeks.length).toBe(before);
  await page.clock.runFor(4500);
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(2);
  await expect(queue(name)).toHaveAccessibleName(`${name}, about 2 messages`);

  const quietFor = async (seconds: number) => {
    const then = peeks.length;
    await page.clock.runFor(seconds * 1000);
    // A request under way would take the answer of another one.
    await page.evaluate(() => fetch('/local.json'));
    return peeks.length === then;
  };
  await setVisibility(page, 'hidden');
  await client.sendMessage('third');
  expect(await quietFor(30)).toBe(true);
  await setVisibility(page, 'visible');
  await page.clock.runFor(10_500);
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(3);

  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Metadata' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await client.sendMessage('fourth');
  expect(await quietFor(30)).toBe(true);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.clock.runFor(10_500);
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(4);
});

/** Hides the tab, which headless tabs never are. */
const setVisibility = (page: Page, state: DocumentVisibilityState) =>
  page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    Object.defineProperty(document, 'hidden', { value: visibility === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);

test('counts that the CORS rule hides are unknown, and never 0', async ({ page, accounts }) => {
  const { hidden } = accounts;
  const client = hidden.client.getQueueClient('veiled');
  await client.createIfNotExists();
  await client.sendMessage('there is one');
  await connect(page, hidden);
  const { aside, queue } = sidebar(page);

  await expect(queue('veiled')).toHaveAccessibleName('veiled, count unknown');
  await expect(queue('veiled')).toContainText('?');
  await expect(aside).toContainText('Counts are hidden by the CORS rules');
  await queue('veiled').click();
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(1);
  await expect(page.getByRole('banner').or(page.getByRole('main')).first()).not.toContainText('≈ 0');

  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete queue' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('All its messages go with it.');
});

const numbered = (index: number) => `queue-${String(index).padStart(4, '0')}`;

const listed = (from: number) =>
  Array.from({ length: 2500 }, (_, index) => `<Queue><Name>${numbered(from + index)}</Name></Queue>`).join('');

/** Answers for 5,000 queues, in two pages: to create them in Azurite takes half a minute. */
async function crowd(page: Page, endpoint: string) {
  await page.route(`${endpoint}/**`, async (route, request) => {
    const { searchParams } = new URL(request.url());
    const isFirst = !searchParams.has('marker');
    const list = `<EnumerationResults><Queues>${listed(isFirst ? 0 : 2500)}</Queues><NextMarker>${isFirst ? 'more' : ''}</NextMarker></EnumerationResults>`;
    const isList = searchParams.get('comp') === 'list';
    await route.fulfill({
      headers: {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': '*',
        'content-type': 'application/xml',
        'x-ms-approximate-messages-count': '0',
      },
      body: isList ? list : '',
    });
  });
}

test('5,000 queues: what is in the document is bounded, and filter and keys reach all of them', async ({
  page,
  accounts,
}) => {
  await crowd(page, accounts.harborlane.endpoint);
  await connect(page, accounts.harborlane);
  const { aside, queue, filter, names } = sidebar(page);

  await expect(aside.getByRole('heading', { name: 'Queues' }).locator('..')).toContainText('5,000');
  await expect(queue(numbered(0))).toHaveAccessibleName(`${numbered(0)}, about 0 messages`);
  expect(await names()).toBeLessThan(80);
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2500);

  await queue(numbered(0)).focus();
  await page.keyboard.press('End');
  await expect(queue(numbered(4999))).toBeFocused();
  await page.keyboard.press('PageUp');
  await expect(queue(numbered(4989))).toBeFocused();
  expect(await names()).toBeLessThan(80);
  await page.keyboard.press('Home');
  await expect(queue(numbered(0))).toBeFocused();

  await page.keyboard.press('q');
  await expect(filter).toBeFocused();
  await filter.fill('-423');
  await expect.poll(names).toBe(10);
  await filter.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: numbered(4230) })).toBeVisible();
});

test('an account without queues, and a list that is refused, say so', async ({ page, accounts }) => {
  await page.goto('/#/connect');
  const { details, submit } = connectForm(page);
  await details.fill(connectionString(accounts.readonly));
  await submit.click();
  await expect(page.getByRole('heading', { name: 'No queues yet' }).first()).toBeVisible();

  await page.route(/comp=list/, (route) =>
    route.fulfill({
      status: 403,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': '*',
        'content-type': 'application/xml',
        'x-ms-error-code': 'AuthorizationPermissionMismatch',
      },
      body: '<Error><Code>AuthorizationPermissionMismatch</Code><Message>This request is not authorized to perform this operation using this permission.</Message></Error>',
    }),
  );
  await page.reload();
  const asking = page.getByRole('form', { name: 'Enter the account key' });
  await asking.getByRole('textbox').fill(accounts.readonly.key);
  await asking.getByRole('button', { name: 'Connect' }).click();
  await asking.getByRole('button', { name: 'Save anyway' }).click();
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('The account does not allow this');
  await expect(alert).toContainText('403 AuthorizationPermissionMismatch');
  await page.unroute(/comp=list/);
  await alert.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('heading', { name: 'No queues yet' }).first()).toBeVisible();
});
