import { Tooltip } from '@base-ui/react/tooltip';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { StoredConnection } from '@/state/connections/connections';
import { closeDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { ConnectionRow } from './settings-screen';
import '@/styles.css';

const ONE: StoredConnection = {
  id: 'harborlane',
  account: 'harborlane',
  endpoint: 'https://harborlane.queue.core.windows.net',
  kind: 'key',
  keep: 'device',
  local: false,
  addedAt: 0,
};

afterEach(closeDialog);

const Opened = () => <output>{JSON.stringify(useOpenDialog())}</output>;

const show = (connection: StoredConnection) =>
  render(
    <Tooltip.Provider>
      <main>
        <ConnectionRow connection={connection} />
        <Opened />
      </main>
    </Tooltip.Provider>,
  );

test('the row of a connection leads to all its dialogs, the rarer ones in a menu', async () => {
  await show(ONE);
  await expect.element(page.getByText(', account key kept on this device')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Forget harborlane' })).toBeVisible();
  await page.getByRole('button', { name: 'Access to harborlane' }).click();
  await expect.element(page.getByText('"connectionAccess"')).toBeVisible();
  for (const [item, kind] of [
    ['Create a shared access signature', 'sasMaker'],
    ['Connection details', 'connectionDetails'],
    ['Service properties', 'serviceProperties'],
    ['Check this connection', 'checkConnection'],
  ] as const) {
    await page.getByRole('button', { name: 'More for harborlane' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await expect.element(page.getByText(`"${kind}"`)).toBeVisible();
  }
});

test('the row of a sign-in names no stored token, and creates user delegation SAS', async () => {
  const signIn = { clientId: 'a', tenant: 'b', authority: 'https://login.example', homeAccountId: 'c', username: 'd' };
  await show({ ...ONE, kind: 'token', signIn, keep: 'tab' });
  await expect.element(page.getByText(', Microsoft sign-in kept for this tab')).toBeVisible();
  await page.getByRole('button', { name: 'More for harborlane' }).click();
  await expect.element(page.getByRole('menuitem', { name: 'Create a user delegation SAS' })).toBeVisible();
});
