import { type QueueClient, QueueSASPermissions } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { connect, connectForm, giveSecret, setPassphrase } from './connect-form';
import type { Screen } from './screens';

const command = async (page: Page, name: string) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Search or run/ }).fill(name);
  await page.getByRole('option', { name }).first().click();
};
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

/** A signature that reads and adds for an hour. */
const signed = (queue: QueueClient) =>
  queue.generateSasUrl({
    permissions: QueueSASPermissions.parse('rap'),
    expiresOn: new Date(Date.now() + 3_600_000),
  });

/** Dialogs and panes that few people meet, with the way to each in a window of a desktop; `screens.ts` has the rest. */
export const RARE_SCREENS: Screen[] = [
  {
    name: 'the leases of this browser, two of them checked',
    open: async (page, { at, full }) => {
      await page.goto(`${at}/${full}?mode=receive`);
      await page.getByRole('button', { name: '16 for 5 min' }).click();
      await page
        .getByRole('button', { name: /^Leases, / })
        .first()
        .click();
      const tray = page.getByRole('complementary', { name: 'Leases' });
      const boxes = tray.getByRole('checkbox', { name: /^Select lease/ });
      for (const index of [0, 1]) await boxes.nth(index).check();
      await tray.getByRole('toolbar').waitFor();
    },
  },
  {
    name: 'details of a connection',
    open: async (page, { at }) => {
      await page.goto(at);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await command(page, 'Connection details');
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().waitFor();
    },
  },
  {
    name: 'a signature to be made',
    open: async (page, { at, full }) => {
      await page.goto(`${at}/${full}`);
      await page.getByRole('button', { name: 'More queue actions' }).click();
      await page.getByRole('menuitem', { name: 'Create a shared access signature' }).click();
      await dialog(page, 'Create a shared access signature').getByRole('button', { name: 'Create signature' }).click();
      await page.getByRole('button', { name: 'Copy URL' }).waitFor();
    },
  },
  {
    name: 'the check of a connection',
    open: async (page, { at }) => {
      await page.goto(at);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await command(page, 'Check this connection');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'what a signature allows',
    open: async (page, { accounts: { cornerfold } }) => {
      const queue = cornerfold.client.getQueueClient('read-alone');
      await queue.createIfNotExists();
      await page.goto('/#/connect');
      const { details, submit } = connectForm(page);
      await details.fill(signed(queue));
      await submit.click();
      await page.getByRole('button', { name: /^SAS expires in/ }).click();
      await dialog(page, 'What this SAS allows').waitFor();
    },
  },
  {
    name: 'adding deleted messages again',
    open: async (page) => {
      await page.goto('/#/connect');
      await page.getByRole('button', { name: /^Open sandbox$/i }).click();
      await page
        .getByRole('link', { name: /^orders, about/ })
        .first()
        .click();
      await page.getByRole('grid', { name: 'Messages in orders' }).waitFor();
      await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: /^Delete/ })
        .click();
      await dialog(page, /^Delete/)
        .getByRole('button', { name: /^Delete/ })
        .click();
      await page
        .getByText(/^Deleted \d+ messages/)
        .first()
        .waitFor();
      await command(page, 'Add deleted messages again');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'allowing changes in production',
    open: async (page, { at }) => {
      await page.goto('/#/settings');
      await page.getByRole('button', { name: 'Access to devstoreaccount1', exact: true }).click();
      await page.getByRole('combobox', { name: 'Environment' }).selectOption('PROD');
      await page.getByRole('button', { name: 'Done' }).click();
      await page.goto(at);
      await page.getByRole('button', { name: 'Read-only, allow changes' }).first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    // The last one, since the page stays so.
    name: 'a connection that is locked, and its passphrase',
    open: async (page, { accounts: { harborlane } }) => {
      await connect(page, harborlane);
      await page.reload();
      const form = page.getByRole('form', { name: 'Enter the account key' });
      await form.getByRole('checkbox').click();
      await setPassphrase(page, 'harbour at night');
      await giveSecret(page, harborlane.connectionString);
      await page.getByRole('heading', { level: 1, name: harborlane.name }).waitFor();
      await page.reload();
      await page.getByRole('form', { name: 'Unlock' }).waitFor();
    },
  },
];
