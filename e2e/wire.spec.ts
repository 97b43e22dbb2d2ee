import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { connectionId } from './accounts';
import { connect } from './connect-form';
import { expect, test } from './fixtures';
import { officialSignature } from './official-signer';

/** The requests drawer and the wire inspector, by role and name. */
function wire(page: Page) {
  const log = page.getByRole('grid', { name: 'Wire log' });
  const details = page.getByRole('region', { name: 'Request details' });
  return {
    log,
    details,
    row: (words: string | RegExp) => log.getByRole('row', { name: words }),
    openDrawer: () => page.getByRole('button', { name: /^Requests/ }).click(),
    drawer: page.getByRole('region', { name: 'Activity' }),
  };
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test('the drawer lists every exchange with time, method, path and query, status and duration', {
  tag: '@engines',
}, async ({ page, azurite, queueName }) => {
  const name = queueName('traced');
  await azurite.createQueue(name);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(azurite.url)) sent.push(request.method());
  });
  await page.goto(`/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}/${name}`);
  await expect(page.getByRole('status').filter({ hasText: `${name} is empty` })).toBeVisible();
  await page.getByRole('button', { name: 'Add message' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add message' });
  await dialog.getByRole('textbox', { name: 'Message body' }).fill('traced');
  await dialog.getByRole('button', { name: 'Add message' }).click();
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(1);

  const { openDrawer, row, log, drawer } = wire(page);
  await openDrawer();
  await expect(row(`/${name}/messages?peekonly=true`).first()).toContainText(
    /^\d\d:\d\d:\d\dGET.*Peek 32.*200.*\d+ ms$/,
  );
  await expect(row('Add message')).toContainText(new RegExp(`POST/${name}/messages.*201`));
  await expect(row('List queues').first()).toContainText(/GET\/\?comp=list.*200/);
  // The drawer counts exactly the requests that the browser sent.
  await expect(async () => {
    expect(await log.getAttribute('aria-rowcount')).toBe(String(sent.length + 1));
    expect(await drawer.textContent()).toContain(`${sent.length} this session`);
    expect(await page.getByRole('button', { name: /^Requests \d/ }).textContent()).toBe(`Requests ${sent.length}`);
  }).toPass({ timeout: 15_000 });
  await expect(page.getByRole('button', { name: /^Requests \d/ })).toHaveAttribute('aria-expanded', 'true');
});

test('an exchange shows request, string to sign and answer; the string equals the official client’s', {
  tag: '@engines',
}, async ({ page, context, accounts }) => {
  const { harborlane } = accounts;
  const { key, name } = harborlane;
  await harborlane.client.getQueueClient('signed').createIfNotExists();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await connect(page, harborlane);
  await page.getByRole('link', { name: /^signed,/ }).click();
  await page.getByRole('button', { name: 'Add message' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add message' });
  await dialog.getByRole('textbox', { name: 'Message body' }).fill('{"grüße": "<&>"}');
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.method() === 'POST'),
    dialog.getByRole('button', { name: 'Add message' }).click(),
  ]);
  const official = await officialSignature(request, name, key);
  expect((await request.allHeaders())['authorization']).toBe(official.authorization);

  const { openDrawer, row, details } = wire(page);
  await openDrawer();
  await row('Add message').click();
  await expect(details.getByRole('region', { name: 'Request headers' })).toContainText(
    `authorizationSharedKey ${name}:••••••••`,
  );
  await expect(details.getByRole('region', { name: 'Request body' }).first()).toContainText(
    '{"grüße": "&lt;&amp;&gt;"}',
  );
  await details.getByRole('button', { name: 'Copy string to sign' }).click();
  await expect.poll(() => clipboard(page)).toBe(official.stringToSign);
  const shown = await details.getByRole('region', { name: 'Signed lines' }).getByRole('code').allTextContents();
  expect(shown.map((line) => line.replace(/\\n$/, ''))).toEqual(official.stringToSign.split('\n'));
  await expect(details.getByText('accepted')).toBeVisible();

  await expect(details.getByRole('tabpanel', { name: 'Response XML' })).toContainText('<MessageId>');
  await details.getByRole('tab', { name: /^Headers/ }).click();
  await expect(details.getByRole('tabpanel', { name: /^Headers/ })).toContainText('x-ms-request-id');
  await details.getByRole('tab', { name: /^Parsed/ }).click();
  await expect(details.getByRole('tabpanel', { name: /^Parsed/ })).toContainText('TimeNextVisible');
  const [, signature = ''] = official.authorization?.split(':') ?? [];
  expect(signature).toMatch(/^.{43}=$/);
  await expect(page.locator('body')).not.toContainText(signature);
});

test('a copied curl leaves the key out, with a placeholder in its place', { tag: '@engines' }, async ({
  page,
  context,
  accounts,
}) => {
  const { harborlane } = accounts;
  const queue = harborlane.client.getQueueClient('curled');
  await queue.createIfNotExists();
  await queue.clearMessages();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await connect(page, harborlane);
  await page.getByRole('link', { name: /^curled/ }).click();
  await page.getByRole('button', { name: 'Add message' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add message' });
  await dialog.getByRole('textbox', { name: 'Message body' }).fill("it's one line");
  await dialog.getByRole('button', { name: 'Add message' }).click();
  const { openDrawer, row, details } = wire(page);
  await openDrawer();
  await row('Add message').click();
  await details.getByRole('button', { name: 'Copy string to sign' }).click();
  await expect.poll(() => clipboard(page)).toMatch(/^POST\n/);
  const stringToSign = await clipboard(page);
  await details.getByRole('button', { name: /^Copy as curl/ }).click();
  await expect(page.getByText('Copied as curl, key left out')).toBeVisible();

  const curl = await clipboard(page);
  // `code.spec` runs such commands.
  expect(curl).toContain('"&$SAS_TOKEN"');
  const signature = createHmac('sha256', Buffer.from(harborlane.key, 'base64')).update(stringToSign).digest('base64');
  expect(curl).not.toContain(signature);
  expect(curl).not.toContain('authorization');
});

test('the drawer can show errors only, with the error code and the way to the inspector', { tag: '@engines' }, async ({
  page,
  azurite,
  queueName,
}) => {
  const name = queueName('missing');
  await page.goto(`/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}/${name}`);
  await expect(page.getByRole('alert').filter({ hasText: `${name} does not exist` })).toBeVisible();
  const { openDrawer, row, log, details, drawer } = wire(page);
  await openDrawer();
  await drawer.getByRole('button', { name: /^Errors \d+/ }).click();
  await expect(row('List queues')).toHaveCount(0);
  // The first row is the head.
  await expect(log.getByRole('row').nth(1)).toContainText(/QueueNotFound.*404/);
  await row('QueueNotFound').first().click();
  await expect(details).toContainText('The specified queue does not exist.');
  await expect(details).toContainText('404');

  await drawer.getByRole('button', { name: 'Open wire inspector' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Wire' })).toBeVisible();
  await expect(page).toHaveURL(/#\/wire\/[\w-]+$/);
  await expect(details).toContainText('The specified queue does not exist.');
  await page.getByRole('radio', { name: /^Errors \d+/ }).click();
  await expect(row('List queues')).toHaveCount(0);
  await page.getByRole('radio', { name: 'All' }).click();
  await page.getByRole('textbox', { name: 'Filter requests' }).fill('comp=list');
  await expect(row('List queues').first()).toBeVisible();
  await expect(row('QueueNotFound')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('grid', { name: 'Wire log' })).toBeFocused();

  await page.goBack();
  await expect(page.getByRole('alert').filter({ hasText: `${name} does not exist` })).toBeVisible();
  await page.getByRole('button', { name: 'View request' }).click();
  await expect(details).toContainText('The specified queue does not exist.');
});

test('a retried request shows each attempt', { tag: '@engines' }, async ({ page, azurite, queueName }) => {
  const name = queueName('busy');
  await azurite.createQueue(name);
  let refusals = 2;
  await page.route(/peekonly=true/, async (route) => {
    if (refusals-- <= 0) return route.fallback();
    await route.fulfill({
      status: 503,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': '*',
        'content-type': 'application/xml',
        'x-ms-error-code': 'ServerBusy',
      },
      body: '<Error><Code>ServerBusy</Code><Message>The server is busy.</Message></Error>',
    });
  });
  await page.goto(`/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}/${name}`);
  await expect(page.getByRole('status').filter({ hasText: `${name} is empty` })).toBeVisible();
  const { openDrawer, row, details, drawer } = wire(page);
  await openDrawer();
  await expect(row('ServerBusy, retry 1 of 3')).toContainText('503');
  await expect(row('ServerBusy, retry 2 of 3')).toContainText('503');
  await expect(row('Peek 32, retry 2')).toContainText('200');
  await row('ServerBusy, retry 1 of 3').click();
  await expect(details).toContainText('The server is busy.');
  await drawer.getByRole('button', { name: 'Clear requests' }).click();
  await expect(drawer.getByText('No requests yet.')).toBeVisible();
});

test('a request without an answer is in the log with the reason', { tag: '@engines' }, async ({
  page,
  azurite,
  queueName,
}) => {
  const name = queueName('cut');
  await azurite.createQueue(name);
  await page.goto(`/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}/${name}`);
  await expect(page.getByRole('status').filter({ hasText: `${name} is empty` })).toBeVisible();
  await page.route(/\/messages/, (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()));
  await page.getByRole('button', { name: 'Add message' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add message' });
  await dialog.getByRole('textbox', { name: 'Message body' }).fill('into the void');
  await dialog.getByRole('button', { name: 'Add message' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  const { openDrawer, row, details } = wire(page);
  await openDrawer();
  await expect(row('No readable answer')).toContainText(/POST.*none/);
  await row('No readable answer').click();
  await expect(details).toContainText(
    'Put Message got no answer that this page can read. It may have been carried out all the same.',
  );
});
