import type { Page } from '@playwright/test';
import { accessToken } from './access-tokens';
import { connectForm, giveSecret } from './connect-form';
import { expect, test } from './fixtures';
import { startUnlistedService } from './unlisted-service';

/** A credential that may not list the queues: they are opened by their names. */

// The stand-in has a self-signed certificate.
test.use({ ignoreHTTPSErrors: true });

/** The controls around the names of queues. */
const byName = (page: Page) => ({
  field: page.getByRole('textbox', { name: 'Open a queue by name', exact: true }),
  open: page.getByRole('button', { name: 'Open', exact: true }),
  list: page.getByRole('list', { name: 'Opened by name' }),
  heading: (name: string) => page.getByRole('heading', { level: 1, name, exact: true }),
});

async function connectWithToken(page: Page, account: string) {
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await details.fill(accessToken({ time: Date.now() }));
  await form.getByLabel('Account name').fill(account);
  await submit.click();
  return form;
}

test('with a role on one queue, that queue is opened by its name, remembered, forgotten, deleted, and listed once that is allowed', async ({
  page,
  allowHost,
}) => {
  const { url, service, asked, stop } = await startUnlistedService('orders', 'payments');
  allowHost(url);
  try {
    const form = await connectWithToken(page, url);
    const { field, open, list, heading } = byName(page);
    const verdict = form.getByRole('alert', { name: 'This credential may not list queues; open one by its name' });
    await expect(verdict).toContainText('Storage Queue Data Reader');
    await field.fill('audit');
    await open.click();
    await expect(form.getByText('audit does not exist.')).toBeVisible();
    await field.fill('orders');
    await field.press('Enter');
    await expect(heading('orders')).toBeVisible();
    await expect(page.getByRole('row', { name: /Select message 5ceed8ca/ })).toBeVisible();
    await expect(page.getByRole('alert')).toContainText('The queues could not be listed');
    await expect(list.getByRole('link', { name: 'orders, about 1 message' })).toHaveAttribute('aria-current', 'page');

    // Another one, which is not there, by the palette.
    await page.keyboard.press('Control+K');
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('audit');
    await page.getByRole('option', { name: 'Open queue "audit"' }).click();
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { name: 'audit does not exist' })).toBeVisible();
    await expect(main.getByRole('button', { name: 'Create audit' })).toBeVisible();
    await main.getByRole('button', { name: 'Forget', exact: true }).click();
    await expect(list.getByRole('link')).toHaveCount(1);
    await expect(main.getByRole('heading', { name: 'audit does not exist' })).toBeHidden();
    expect(asked.filter((one) => /^(PUT|POST|DELETE)/.test(one))).toEqual([]);

    // The other one is where messages can be sent to.
    await field.fill('payments');
    await field.press('Enter');
    await expect(heading('payments')).toBeVisible();
    await expect(field).toHaveValue('');
    await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
    await page.getByRole('button', { name: 'More for the selected messages' }).click();
    await page.getByRole('menuitem', { name: 'Copy to a queue' }).click();
    const job = page.getByRole('dialog');
    await job.getByRole('combobox', { name: 'To queue' }).fill('orders');
    await expect(job.getByRole('option', { name: /^orders/ })).toBeVisible();
    await expect(job.getByRole('checkbox', { name: 'Create orders' })).toBeHidden();
    await expect(job.getByRole('button', { name: 'Copy 1 message' })).toBeEnabled();
    await page.keyboard.press('Escape');
    await expect(job).toBeHidden();

    // A reload asks for the token, reads the queue of the address, and has the names.
    await page.reload();
    await giveSecret(page, accessToken({ time: Date.now() }));
    await expect(heading('payments')).toBeVisible();
    await expect(list.getByRole('link')).toHaveCount(2);

    await page.getByRole('button', { name: 'More queue actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete queue' }).click();
    const deletion = page.getByRole('alertdialog');
    await deletion.getByRole('textbox').fill('payments');
    await deletion.getByRole('button', { name: 'Delete queue' }).click();
    await expect(list.getByRole('link')).toHaveCount(1);
    await expect(list.getByRole('link', { name: /^orders/ })).toBeVisible();

    // The delete has the list asked for again.
    const again = page.getByRole('button', { name: 'Try again' });
    await expect(again).toHaveAttribute('aria-busy', 'false');
    service.mayList = true;
    await again.click();
    await expect(field).toBeHidden();
    await expect(page.getByRole('complementary', { name: 'Queues' }).getByRole('link')).toHaveCount(1);
  } finally {
    await stop();
  }
});

test('on a phone an address with the queue opens it, and the field is where the list would be', async ({
  page,
  allowHost,
}) => {
  const { url, stop } = await startUnlistedService('orders');
  allowHost(url);
  try {
    await page.setViewportSize({ width: 390, height: 844 });
    await connectWithToken(page, `${url}/orders`);
    const { field, list, heading } = byName(page);
    await expect(page.getByRole('button', { name: 'Queue orders. Change queue' })).toBeVisible();
    await page.goto(page.url().replace('/orders', ''));
    await expect(list.getByRole('link', { name: 'orders, about 1 message' })).toBeVisible();
    await field.fill('audit');
    await field.press('Enter');
    await expect(page.getByRole('heading', { name: 'audit does not exist' })).toBeVisible();
    await expect(heading('orders')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  } finally {
    await stop();
  }
});
