import { QueueSASPermissions } from '@azure/storage-queue';
import type { Page, Route } from '@playwright/test';
import { dequeueCounts, expect, lengthOf, test, textsIn } from './queue-screen';

/** An answer in the format of the service, from a route. */
const refuse = (route: Route, status: number, code: string, headers: Record<string, string> = {}) =>
  route.fulfill({
    status,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
      'content-type': 'application/xml',
      ...headers,
    },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>Made up by the test.</Message></Error>`,
  });

const openRequests = async (page: Page) => {
  await page.keyboard.press('Backquote');
  return page.getByRole('grid', { name: 'Wire log' });
};

test('clearing deletes every message once the name was typed, and the empty queue says what to do', async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed('a', 'b', 'c');
  await queue.receiveMessages({ visibilityTimeout: 300 });
  await screen.open();
  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Clear queue' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Clear queue ${queue.name}?` });
  const clear = dialog.getByRole('button', { name: 'Clear queue' });
  await expect(dialog).toContainText('About 3 messages');
  await page.keyboard.type(queue.name.toUpperCase());
  // Keys that are typed while the dialog opens come once it is there.
  await expect(dialog.getByRole('textbox')).toHaveValue(queue.name.toUpperCase());
  await expect(clear).toBeDisabled();
  await page.keyboard.press('Enter');
  expect(await lengthOf(queue)).toBe(3);

  await dialog.getByRole('textbox').fill(queue.name);
  await clear.click();
  await expect(page.getByRole('heading', { name: `${queue.name} is empty` })).toBeVisible();
  await expect(page.getByRole('main').getByText('≈ 0')).toBeVisible();
  expect(await lengthOf(queue)).toBe(0);

  await page.getByRole('status').getByRole('button', { name: 'Add message' }).click();
  const editor = page.getByRole('dialog', { name: 'Add message' });
  await editor.getByRole('textbox', { name: 'Message body' }).fill('again');
  await page.keyboard.press('Control+Enter');
  await expect(screen.rows).toHaveCount(1);
  expect(await textsIn(queue)).toEqual(['again']);
});

test('the filter bar is not cut off beside open details', async ({ page, seed }) => {
  const { ids, screen } = await seed('a');
  for (const width of [1180, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    await screen.open({ message: ids[0] ?? '' });
    await expect(page.getByRole('complementary', { name: /^Message/ })).toBeVisible();
    const list = await page.getByRole('region', { name: 'Message list' }).boundingBox();
    const refresh = await page.getByRole('button', { name: 'Refresh', exact: true }).boundingBox();
    expect((refresh?.x ?? 0) + (refresh?.width ?? 0)).toBeLessThanOrEqual((list?.x ?? 0) + (list?.width ?? 0));
  }
});

test('a queue whose messages are all hidden is not called empty', async ({ page, seed }) => {
  const { queue, screen } = await seed('a');
  await queue.receiveMessages({ visibilityTimeout: 300 });

  await screen.open();

  await expect(page.getByRole('heading', { name: `No message of ${queue.name} is visible` })).toBeVisible();
  await expect(page.getByText(/About 1 message is in it/)).toBeVisible();
});

test('a link to a queue that does not exist says so, and creates it when asked', async ({ page, seed }) => {
  const { queue, screen } = await seed();
  await queue.delete();
  await screen.open();
  await expect(page.getByRole('heading', { name: `${queue.name} does not exist` })).toBeVisible();
  await expect(page.getByText('404 QueueNotFound')).toBeVisible();

  await page.getByRole('button', { name: `Create ${queue.name}` }).click();
  await expect(page.getByRole('textbox', { name: 'Queue name' })).toHaveValue(queue.name);
  await page.getByRole('button', { name: 'Create queue' }).click();
  await expect(page.getByRole('heading', { name: `${queue.name} is empty` })).toBeVisible();
  expect(await queue.exists()).toBe(true);
});

test('a message that cannot be read is a row that says so beside the others, a refusal of 5 MB is told, and the rest works', async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed('a');
  const MESSAGE = '<MessageId>a</MessageId><InsertionTime>yesterday</InsertionTime><DequeueCount>1</DequeueCount>';
  let body = `<QueueMessagesList><QueueMessage>${MESSAGE}</QueueMessage></QueueMessagesList>`;
  let status = 200;
  await page.route(`**/${queue.name}/messages?peekonly=true**`, (route) =>
    route.fulfill({ status, headers: { 'access-control-allow-origin': '*' }, body }),
  );
  await screen.open();
  const main = page.getByRole('main');
  await expect(screen.rows).toHaveCount(1);
  await expect(screen.rows.first()).toContainText('cannot be read');
  await expect(page.getByRole('link', { name: new RegExp(`^${queue.name}, about`) })).toBeVisible();

  // Beside others, with a character that XML does not have, and one that nobody can name.
  const good = MESSAGE.replace('>a<', '>b<').replace('yesterday', 'Sun, 29 Nov 2026 10:00:00 GMT');
  const whole = `${good}<ExpirationTime>Sun, 06 Dec 2026 10:00:00 GMT</ExpirationTime><MessageText>whole</MessageText>`;
  body = `<QueueMessagesList><QueueMessage>${MESSAGE}</QueueMessage><QueueMessage>${whole}</QueueMessage><QueueMessage>${whole.replace('>b<', '>c<').replace('whole', 'half\u000B')}</QueueMessage><QueueMessage>${whole.replace('<MessageId>b</MessageId>', '')}</QueueMessage></QueueMessagesList>`;
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(screen.rows).toHaveCount(3);
  await expect(screen.rows.filter({ hasText: 'cannot be read' })).toHaveCount(2);
  await expect(main).toContainText('1 message cannot be shown');
  await expect(main).toContainText('One without an id: The service gave a QueueMessage whose MessageId is missing');
  const details = await screen.openDetails('c');
  await expect(details).toContainText('It holds the character U+000B, which XML does not have.');
  await details.getByText('What the service wrote').first().click();
  await expect(details.getByRole('region', { name: 'What the service wrote' })).toContainText(
    '<MessageId>c</MessageId>',
  );

  [status, body] = [400, `<Error><Code>Odd</Code><Message>${'x'.repeat(5_000_000)}</Message></Error>`];
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(main).toContainText('400');
  await page.unroute(`**/${queue.name}/messages?peekonly=true**`);
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(screen.rows).toHaveCount(1);
});

test('a message that Azurite takes and cannot write hides no other: fewer are peeked, and it is told why', async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed('whole');
  const permissions = QueueSASPermissions.parse('a');
  const address = new URL(queue.generateSasUrl({ permissions, expiresOn: new Date(Date.now() + 3_600_000) }));
  address.pathname += '/messages';
  const put = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/xml' },
    body: '<QueueMessage><MessageText>{"a":"x\u000By"}</MessageText></QueueMessage>',
  });
  expect(put.status).toBe(201);
  await screen.open();
  const panel = page.getByRole('main').getByRole('alert');
  await expect(panel).toContainText('One message may be unreadable for the service', { timeout: 20_000 });
  await expect(panel).toContainText('receive them one at a time');
  await panel.getByRole('button', { name: 'Peek 1 message' }).click();
  await expect(screen.rows).toHaveCount(1);
  await expect(screen.rows).toContainText('whole');
});

test('after a failed refresh the last known rows stay under a strip that says since when and why', async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed('a', 'b');
  await screen.open();
  await expect(screen.rows).toHaveCount(2);
  await page.route(/peekonly=true/, (route) => refuse(route, 500, 'InternalError'));
  await queue.sendMessage('c');
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();

  const strip = page.getByRole('status').filter({ hasText: /Not refreshed since \d\d:\d\d:\d\d/ });
  await expect(strip).toBeVisible({ timeout: 10_000 });
  await expect(strip).toContainText('InternalError');
  await expect(screen.rows).toHaveCount(2);
  await expect(page.getByText(/2 messages as of \d\d:\d\d:\d\d\./)).toBeVisible();

  await page.unroute(/peekonly=true/);
  await strip.getByRole('button', { name: 'Retry' }).click();
  await expect(screen.rows).toHaveCount(3);
  await expect(strip).toBeHidden();
});

test('a connection that broke says that leases keep running', async ({ page, seed }) => {
  const { screen } = await seed('a', 'b');
  await screen.open();
  await screen.receive16();
  await expect(screen.leases).toHaveCount(2);
  await page.route(/peekonly=true/, (route) => route.abort('internetdisconnected'));
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();

  const strip = page.getByRole('status').filter({ hasText: /No answer since \d\d:\d\d:\d\d/ });
  await expect(strip).toContainText('Leases keep running on the server.', { timeout: 10_000 });
  await expect(screen.leases).toHaveCount(2);
  await strip.getByRole('button', { name: 'View request' }).click();
  await expect(page.getByRole('region', { name: 'Request details' })).toContainText('No readable answer');
  await page.goBack();
  await expect(screen.leases).toHaveCount(2);
});

test('a request to a busy service is retried after the time it names, and every attempt is logged', async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed('a');
  const sentAt: number[] = [];
  await page.route(/peekonly=true/, (route) => {
    sentAt.push(Date.now());
    return sentAt.length === 1 ? refuse(route, 503, 'ServerBusy', { 'retry-after': '2' }) : route.fallback();
  });

  await screen.open();
  await expect(screen.rows).toHaveCount(1);

  const [first = 0, second = 0] = sentAt;
  expect(second - first).toBeGreaterThan(1950);
  const log = await openRequests(page);
  await expect(log.getByRole('row', { name: /503/ })).toContainText('ServerBusy, retry 1 of 3');
  await expect(log.getByRole('row', { name: /Peek 32, retry 1/ })).toContainText('200');
  await log.getByRole('row', { name: /503/ }).click();
  const details = page.getByRole('region', { name: 'Request details' });
  await expect(details).toContainText('Made up by the test.');
  await details.getByRole('tab', { name: /^Headers/ }).click();
  await expect(details.getByRole('tabpanel', { name: /^Headers/ })).toContainText('retry-after2');
  expect(await dequeueCounts(queue)).toEqual([0]);
});

test('a request refused before it began is retried, one that may have been carried out is not', async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed();
  const statuses = [503, 500];
  await page.route(/messages\?messagettl/, (route) => {
    const status = statuses.shift();
    return status ? refuse(route, status, status === 503 ? 'ServerBusy' : 'InternalError') : route.fallback();
  });
  await screen.open();
  await page.getByRole('button', { name: 'Add message' }).first().click();
  const editor = page.getByRole('dialog', { name: 'Add message' });
  await editor.getByRole('textbox', { name: 'Message body' }).fill('once');
  await page.keyboard.press('Control+Enter');

  await expect(editor.getByRole('alert')).toContainText('500 InternalError');
  expect(statuses).toEqual([]);
  expect(await lengthOf(queue)).toBe(0);
  await page.keyboard.press('Control+Enter');
  await expect(editor).toBeHidden();
  expect(await textsIn(queue)).toEqual(['once']);
});
