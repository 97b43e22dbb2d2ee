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

/** Gives the secret of a connection that a reload asks for. */
export async function giveSecret(page: Page, secret: string) {
  const form = page.getByRole('form', { name: /^Enter the / });
  await form.getByRole('textbox').fill(secret);
  await form.getByRole('button', { name: 'Connect' }).click();
  await form.waitFor({ state: 'detached' });
}

/** Fills the dialog that sets a passphrase, which something has opened. */
export async function setPassphrase(page: Page, passphrase: string) {
  const dialog = page.getByRole('dialog', { name: 'Set a passphrase' });
  await dialog.getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await dialog.getByLabel('New passphrase again').fill(passphrase);
  await dialog.getByRole('button', { name: 'Set passphrase' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Types the passphrase that a locked connection asks for. */
export async function unlock(page: Page, passphrase: string) {
  const form = page.getByRole('form', { name: 'Unlock' });
  await form.getByLabel('Passphrase').fill(passphrase);
  await form.getByRole('button', { name: 'Unlock' }).click();
  await form.waitFor({ state: 'detached' });
}
