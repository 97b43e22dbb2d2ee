import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

/* What is printed of a queue: nothing of the page around it, and all of the rows and of the body, not those in sight alone. */

async function openSandbox(page: Page, queue: string) {
  await page.goto('/#/connect');
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await page
    .getByRole('link', { name: new RegExp(`^${queue}, about`) })
    .first()
    .click();
  await page
    .getByRole('grid', { name: `Messages in ${queue}` })
    .getByText(/\w/)
    .first()
    .waitFor();
}

test('the list is printed with all loaded rows, black on white, in the dark theme too', async ({ browser, app }) => {
  const context = await browser.newContext({
    baseURL: app,
    viewport: { width: 1280, height: 480 },
    colorScheme: 'dark',
  });
  const page = await context.newPage();
  await openSandbox(page, 'orders');
  const grid = page.getByRole('grid', { name: 'Messages in orders' });
  const sheet = page.getByRole('region', { name: 'Print' });
  await expect(page.getByRole('button', { name: 'Refresh' })).toBeVisible();
  await expect(sheet).toHaveCount(0);
  // Fewer rows are in the page than are loaded.
  expect(await grid.getByRole('row').count()).toBeLessThan(33);

  await page.emulateMedia({ media: 'print' });
  await expect(sheet.getByRole('heading', { name: 'Messages in orders, sandbox' })).toBeVisible();
  await expect(sheet.getByRole('row')).toHaveCount(33);
  await expect(sheet).toContainText(
    /^Messages in orders, sandbox32 loaded messages of about 40 in the queue, printed /,
  );
  await expect(grid).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Connections and tools' })).toBeHidden();
  expect(
    await sheet.evaluate((one) => [getComputedStyle(one).color, getComputedStyle(document.body).backgroundColor]),
  ).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  // Nothing is cut off: it is as high as its rows.
  expect(await sheet.evaluate((one) => one.getBoundingClientRect().height)).toBeGreaterThan(700);

  await page.emulateMedia({ media: 'screen' });
  await expect(sheet).toHaveCount(0);
  await expect(grid).toBeVisible();

  await page
    .getByRole('checkbox', { name: /^Select message/ })
    .first()
    .click();
  await page.emulateMedia({ media: 'print' });
  await expect(sheet).toContainText('1 selected message, printed');
  await expect(sheet.getByRole('row')).toHaveCount(2);
  await context.close();
});

test('a message is printed with its whole body, by Print in the menu and by the browser', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await openSandbox(page, 'payments');
  const row = page.getByRole('grid').getByRole('row').nth(1);
  await row.getByRole('gridcell').last().click();
  const details = page.getByRole('complementary', { name: /^Message/ });
  await expect(details.getByRole('group', { name: 'Decode chain' }).or(details.getByText('Body'))).not.toHaveCount(0);
  const id = /message=([^&]+)/.exec(page.url())?.[1] ?? /\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
  await page.emulateMedia({ media: 'print' });
  const sheet = page.getByRole('region', { name: 'Print' });
  await expect(sheet.getByRole('heading', { name: `Message ${id}` })).toBeVisible();
  await expect(sheet.getByRole('row', { name: /^Dequeue count/ })).toBeVisible();
  const printed = await sheet.locator('pre').textContent();
  expect(printed?.length).toBeGreaterThan(20);
  expect(JSON.parse(printed ?? '')).toBeTruthy();
  await page.emulateMedia({ media: 'screen' });
  // The browser's own way to paper draws it, too.
  const paper = await page.pdf();
  expect(paper.length).toBeGreaterThan(5000);
  await expect(sheet).toHaveCount(0);

  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Print' }).click();
  await expect(page.locator('body[data-printed]')).toHaveCount(1);
});
