import type { Page } from '@playwright/test';
import type { TestAccount } from './accounts';

/** The controls of the connect screen, by role and name. */
export function connectForm(page: Page) {
  const form = page.getByRole('form', { name: 'Connect an account' });
  return {
    form,
    details: form.getByRole('textbox', { name: 'Connection details' }),
    key: form.getByLabel('Account key'),
    submit: form.getByRole('button', { name: /^(Connect|Check again)/ }),
  };
}

/** Connects an account on the connect screen, and waits for its queues. */
export async function connect(page: Page, { name, connectionString }: TestAccount) {
  await page.goto('/#/connect');
  const { details, submit } = connectForm(page);
  await details.fill(connectionString);
  await submit.click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
