import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import {
  addConnection,
  connectionOf,
  currentConnections,
  forgetConnection,
  loadConnections,
} from '@/state/connections/connections';
import CheckConnectionDialog from './check-connection-dialog';
import '@/styles.css';

const { url, account: own } = inject('azurite');

/** Opens the dialog for an account, each of which has its own CORS rules. */
async function check(account: string, relay = false) {
  const endpoint = url.replace(own, account);
  const credential = { kind: 'key' as const, key: await importKey(EMULATOR.key) };
  const { id } = await addConnection({ account, endpoint, credential, relay }, 'tab');
  await render(
    <QueryClientProvider client={new QueryClient()}>
      <CheckConnectionDialog connectionId={id} onClose={() => {}} />
    </QueryClientProvider>,
  );
  return id;
}

beforeEach(loadConnections);
afterEach(async () => {
  vi.restoreAllMocks();
  for (const { id } of currentConnections()) await forgetConnection(id);
});

test('a check finds nothing wrong with complete CORS rules', async () => {
  await check(own);

  const dialog = page.getByRole('dialog', { name: /^Check Azurite on / });
  await expect.element(dialog.getByRole('status')).toHaveTextContent('This page can do everything it needs.');
  await expect.element(dialog).toHaveTextContent(/Replies.*Headers can be read.*Credential.*Accepted/);
});

test('a check of a rule that hides headers offers the rule to add', async () => {
  await check('hidden');

  const trouble = page.getByRole('alert', { name: 'CORS problem' });
  await expect.element(trouble).toHaveTextContent('The account hides headers from this page');
  await trouble.getByRole('tab', { name: 'Queuescope' }).click();
  await expect
    .element(trouble)
    .toHaveTextContent(
      `node scripts/run/queuescope.mjs cors add --origin ${location.origin} --connection-string-stdin`,
    );
});

test('a check names what a rule for reading only leaves out', async () => {
  await check('readonly');

  await expect.element(page.getByRole('alert')).toHaveTextContent('leave out PUT, POST, DELETE');
});

test('a connection whose relay is gone can connect without it', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  const id = await check(own, true);

  await expect.element(page.getByRole('alert')).toHaveTextContent('The local server of this page does not answer');
  vi.restoreAllMocks();
  await page.getByRole('button', { name: 'Connect without the relay' }).click();
  await expect.element(page.getByText('This page can do everything it needs.')).toBeVisible();
  expect(connectionOf(id)?.relay).toBeUndefined();
});
