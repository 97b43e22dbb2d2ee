import { ACCOUNT, KEY, officialClient } from '../scripts/testing/emulator';
import { startDistantService } from '../scripts/testing/start-distant-service.mjs';
import { startAzurite } from '../server/local/azurite';
import { connectionString } from './accounts';
import { connectForm } from './connect-form';
import { expect, test } from './fixtures';

test('an account without any CORS rule is reached by the relay that the ladder offers, counts included', {
  tag: '@engines',
}, async ({ page, allowHost }) => {
  const service = await startAzurite();
  try {
    const queue = officialClient(service.url).getQueueClient('behind-the-wall');
    await queue.create();
    await queue.sendMessage('first');
    await queue.sendMessage('second');
    const account = { name: ACCOUNT, key: KEY, endpoint: service.url };
    allowHost(service.url);
    await page.goto('/#/connect');
    const { form, details, submit } = connectForm(page);
    await details.fill(connectionString(account));
    await submit.click();

    const trouble = form.getByRole('alert', { name: 'CORS problem' });
    await expect(trouble).toContainText('The account does not allow this page yet');
    await expect(trouble.getByRole('region', { name: 'Relay' })).toContainText('They are still signed here');
    const asked = page.waitForRequest(/\/relay\/http\/127\.0\.0\.1:\d+\/devstoreaccount1\/\?comp=list/);
    await trouble.getByRole('button', { name: 'Use the relay of this local server' }).click();
    expect((await (await asked).allHeaders())['authorization']).toMatch(/^SharedKey devstoreaccount1:/);

    const host = new URL(service.url).host;
    await page.getByRole('link', { name: 'behind-the-wall, about 2 messages' }).click();
    await expect(page.getByRole('button', { name: /^Account .*, local, by relay/ })).toContainText('By relay');
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('with Shared Key, by relay');

    const grid = page.getByRole('grid', { name: 'Messages in behind-the-wall' });
    await page.getByRole('radio', { name: 'Receive' }).click();
    await page.getByRole('button', { name: '16 for 5 min' }).click();
    await expect(grid.getByRole('img', { name: /^Leased by you/ })).toHaveCount(2);
    await grid.getByRole('row').filter({ hasText: 'first' }).click();
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Edit message' });
    await dialog.getByRole('textbox', { name: 'Message body' }).fill('edited by relay');
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await grid.getByRole('row').filter({ hasText: 'second' }).click();
    await page.keyboard.press('Delete');
    await expect.poll(async () => (await queue.getProperties()).approximateMessagesCount).toBe(1);
    await grid.getByRole('row').filter({ hasText: 'edited by relay' }).click();
    await page.keyboard.press('u');
    await expect
      .poll(async () => (await queue.peekMessages()).peekedMessageItems.map(({ messageText }) => messageText))
      .toEqual(['edited by relay']);

    // The wire log shows the account's own address and the relay, which survives a reload.
    await page.reload();
    await expect(grid.getByRole('row').filter({ hasText: 'edited by relay' })).toBeVisible();
    await page.goto('/#/wire');
    const log = page.getByRole('grid', { name: 'Wire log' });
    await log.getByRole('row').filter({ hasText: 'by relay' }).first().click();
    await expect(page.getByRole('region', { name: 'Request details' })).toContainText(`http://${host}/${ACCOUNT}`);
    expect((await officialClient(service.url).getProperties()).cors ?? []).toEqual([]);
  } finally {
    await service.stop();
  }
});

test('an import says how much faster it is through the local server, and goes 128 at a time by it', {
  tag: '@engines',
}, async ({ page, allowHost }) => {
  const rows = 1100;
  const service = await startDistantService();
  try {
    allowHost(service.origin);
    await service.tell({ delay: 40, fill: { queue: 'orders', messages: 1, text: 'first' } });
    await page.goto('/#/connect');
    const { details, submit } = connectForm(page);
    await details.fill(connectionString({ name: ACCOUNT, key: KEY, endpoint: `${service.origin}/${ACCOUNT}` }));
    await submit.click();
    await page.getByRole('link', { name: /^orders,/ }).click();
    await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(1);

    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const buffer = Buffer.from(
      Array.from({ length: rows }, (_, n) => `${JSON.stringify({ text: `row ${n}` })}\n`).join(''),
    );
    await dialog
      .getByLabel('File to import')
      .setInputFiles({ name: 'all.jsonl', mimeType: 'application/jsonl', buffer });
    await expect(dialog).toContainText('They are sent 8 at a time');
    const offer = dialog.getByRole('region', { name: 'Local server' });
    await expect(offer).toContainText(/about \d+ times as fast, since requests go 128 at a time/);
    await offer.getByRole('button', { name: 'Work through the local server' }).click();
    await expect(dialog).toContainText('They are sent 128 at a time');
    await expect(offer).toBeHidden();
    await service.tell({});

    const batches: number[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/lane') batches.push(request.postDataBuffer()?.length ?? 0);
    });
    await dialog.getByRole('button', { name: 'Import 1,100 messages' }).click();
    await expect(page.getByRole('region', { name: 'Jobs' })).toContainText('Imported 1,100 messages', {
      timeout: 40_000,
    });

    const seen = await service.tell({ look: 'orders' });
    expect(seen.messages).toBe(rows + 1);
    // More than a browser has connections, and none of them asked about.
    expect(seen.most).toBeGreaterThan(12);
    expect(seen.preflights).toBe(0);
    expect(batches.length).toBeLessThan(rows / 2);
    // Each request is in the log as itself.
    await page.goto('/#/wire');
    await expect(
      page.getByRole('grid', { name: 'Wire log' }).getByRole('row').filter({ hasText: 'POST' }).first(),
    ).toContainText(/\/orders\/messages.*by relay201/);
  } finally {
    service.stop();
  }
});
