// Takes the README's pictures anew: the built page on a fresh queue service with the demo queues.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../server/command.mjs';
import { whenBuilt } from './build.mjs';

const FOLDER = join(ROOT, 'e2e', 'screenshots');
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const DRAFT =
  '{\n  "type": "order.placed",\n  "orderId": 9007199254742113,\n  "reference": "HL-20931",\n  "giftWrap": true\n}';

/** @param {import('playwright').Page} page @param {string} name */
const take = async (page, name) => {
  await page.mouse.move(0, 0);
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))));
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
};
/** @param {import('playwright').Page} page @param {string} preview a part of its body */
const open = async (page, preview) => {
  await page.getByRole('row').filter({ hasText: preview }).first().click();
  await page.getByRole('region', { name: 'Message body' }).waitFor();
};

await whenBuilt(async () => {
  const [{ chromium }, { resolveBrowser }, { ACCOUNT, letIn, officialClient, seedDemo, serve, startAzurite }] =
    await Promise.all([import('playwright'), import('../testing/browser.mjs'), import('../testing/server.mjs')]);
  await mkdir(FOLDER, { recursive: true });

  const service = await startAzurite();
  const app = await serve({ local: () => ({ queueEndpoint: service.url, account: ACCOUNT }) });
  const azurite = officialClient(service.url);
  await letIn(service.url, [app.url]);
  await seedDemo(service.url);
  const browser = await chromium.launch((await resolveBrowser()).launch);

  /**
   * @param {'light' | 'dark'} colorScheme
   * @param {{ width: number, height: number }} viewport
   */
  const visit = async (colorScheme, viewport) => {
    const page = await browser.newPage({ locale: 'en-GB', colorScheme, viewport, deviceScaleFactor: 1 });
    await page.goto(app.url);
    await page.getByRole('link', { name: /^orders, about/ }).click();
    await page.getByRole('grid', { name: 'Messages in orders' }).waitFor();
    return page;
  };
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    const page = await visit(theme, DESK);
    await page.getByRole('radio', { name: 'Receive' }).click();
    await page.getByRole('button', { name: '16 for 5 min' }).click();
    await page.getByText(/^Received \d+ messages/).waitFor();
    await open(page, 'HL-20794');
    await page.getByRole('button', { name: /^Requests/ }).click();
    await page.getByRole('grid', { name: 'Wire log' }).waitFor();
    await take(page, `explorer-${theme}`);
    if (theme === 'light') {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add message' }).first().click();
      await page.getByRole('textbox', { name: 'Message body' }).fill(DRAFT);
      await page.getByRole('radio', { name: 'Base64' }).click();
      await page.getByRole('tab', { name: 'Python' }).click();
      await take(page, 'add-message');
      await page.keyboard.press('Escape');
      await page
        .getByRole('link', { name: 'Open wire inspector' })
        .or(page.getByRole('button', { name: 'Open wire inspector' }))
        .click();
      await page.getByRole('row').filter({ hasText: 'Receive 16' }).first().click();
      await page.getByText('String to sign').first().waitFor();
      await take(page, 'wire');
    }
    await page.close();
    // The messages go back for the next visitor.
    for await (const { name } of azurite.listQueues()) await azurite.getQueueClient(name).delete();
    await seedDemo(service.url);
  }

  const connecting = await visit('dark', DESK);
  await connecting.goto(`${app.url}/#/connect`);
  await connecting
    .getByRole('textbox', { name: 'Connection details' })
    .fill(
      `DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=${'A'.repeat(86)}==;EndpointSuffix=core.windows.net`,
    );
  await connecting.getByRole('status').filter({ hasText: 'Connection string' }).waitFor();
  await take(connecting, 'connect');

  await connecting.getByRole('button', { name: 'Open sandbox' }).click();
  await connecting.getByRole('link', { name: /^orders, about/ }).click();
  await connecting.getByRole('radio', { name: 'Receive' }).click();
  await connecting.getByRole('button', { name: '16 for 5 min' }).click();
  await connecting.getByText(/^Received \d+ messages/).waitFor();
  await connecting.getByRole('button', { name: 'Skip 30 s' }).click();
  await open(connecting, 'HL-20792');
  await take(connecting, 'sandbox');
  await connecting.close();

  const bench = await visit('light', DESK);
  await bench.getByRole('radio', { name: 'Browse all' }).click();
  await bench
    .getByRole('button', { name: /^Browse all \d/ })
    .last()
    .click();
  await bench.getByRole('button', { name: 'Browse again' }).waitFor();
  await bench.getByRole('textbox', { name: 'Filter messages' }).fill('format:json deq:<3 customer');
  await bench.getByText(/^Showing \d+ of/).waitFor();
  await take(bench, 'browse');
  await bench.getByRole('link', { name: /^orders-poison/ }).click();
  await bench.getByRole('button', { name: 'Redrive' }).click();
  await bench.getByRole('dialog').getByText('What Azure will do').waitFor();
  await take(bench, 'redrive');
  await bench.close();

  const phone = await visit('light', PHONE);
  await take(phone, 'phone-messages');
  await open(phone, 'HL-20793');
  await take(phone, 'phone-message');

  await browser.close();
  await Promise.all([app.stop(), service.stop()]);
  console.log(`Pictures are in ${FOLDER}`);
});
