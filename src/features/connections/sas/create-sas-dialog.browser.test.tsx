import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { connect } from '@/azure/account';
import { toConnection } from '@/azure/connection-input/build-connection';
import { parseConnectionInput } from '@/azure/connection-input/parse-connection-input';
import { loggedExchanges } from '@/state/activity/request-log';
import { currentConnections, forgetConnection, loadConnections } from '@/state/connections/connections';
import { addSandbox, openSandbox, SANDBOX_ID, sandboxFetch } from '@/state/sandbox/sandbox';
import CreateSasDialog from './create-sas-dialog';
import '@/styles.css';

const dialog = page.getByRole('dialog', { name: 'Create a shared access signature' });
const create = dialog.getByRole('button', { name: 'Create signature' });
const reader = dialog.getByRole('region', { name: 'What this SAS allows' });

let copied: string[] = [];

beforeEach(async () => {
  await page.viewport(1200, 900);
  await loadConnections();
  await addSandbox();
  copied = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copied.push(text));
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const { id } of currentConnections()) await forgetConnection(id);
});

const show = (queue?: string) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Tooltip.Provider>
        <CreateSasDialog connectionId={SANDBOX_ID} queue={queue} onClose={() => {}} />
      </Tooltip.Provider>
    </QueryClientProvider>,
  );

/** The account of the credential that was copied last. */
async function accountOfCopied() {
  const connection = await toConnection(parseConnectionInput(copied.at(-1) ?? ''));
  return connect(connection, { fetch: sandboxFetch });
}

describe('a signature for one queue', () => {
  test('a signature for one queue allows what was ticked, and its meaning is shown before it is created', async () => {
    await show('orders');
    await dialog.getByRole('checkbox', { name: 'Add a' }).click();
    await expect.element(reader.getByText('Add message')).toHaveTextContent('Add message, allowed');
    await expect.element(reader.getByText('Receive')).toHaveTextContent('Receive, not allowed');
    await create.click();
    await dialog.getByRole('button', { name: 'Copy URL' }).click();

    const account = await accountOfCopied();
    expect(account.onlyQueue).toBe('orders');
    expect((await account.peekMessages('orders')).length).toBeGreaterThan(0);
    await account.sendMessage('orders', { text: 'hello' });
    await expect(account.receiveMessages('orders')).rejects.toMatchObject({ code: 'AuthorizationPermissionMismatch' });
  });

  test('a signature with a stored access policy leaves out what the policy sets', async () => {
    const { account } = await openSandbox();
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    await account.setAccessPolicies('orders', [{ id: 'consumers', permissions: 'rp', expiresAt }]);
    await show('orders');
    const policy = dialog.getByRole('combobox', { name: 'Stored access policy' });
    await expect.element(policy).toBeEnabled();
    await policy.selectOptions('consumers');
    await expect.element(dialog.getByRole('group', { name: 'Permissions' })).not.toBeInTheDocument();
    await create.click();
    await dialog.getByRole('button', { name: 'Copy token' }).click();

    expect(copied.at(-1)).toContain('si=consumers');
    expect(copied.at(-1)).not.toMatch(/(?:^|&)(?:sp|se|st)=/);
    await dialog.getByRole('button', { name: 'Copy URL' }).click();
    expect(await (await accountOfCopied()).receiveMessages('orders')).toHaveLength(1);
  });

  test('the policies of an existing queue are offered, and none are requested while its name is typed', async () => {
    const { account } = await openSandbox();
    await account.setAccessPolicies('orders', [{ id: 'consumers', permissions: 'rp' }]);
    await show();
    await dialog.getByRole('radio', { name: 'One queue' }).click();
    await expect.element(dialog.getByText('Choose a queue first.')).toBeVisible();
    const asked = loggedExchanges().length;
    const name = dialog.getByRole('combobox', { name: 'Queue', exact: true });
    await name.fill('orde');
    await expect.element(dialog.getByText('The account lists no queue of this name.')).toBeVisible();
    expect(loggedExchanges().slice(asked)).toEqual([]);
    await name.fill('orders');
    await expect.element(dialog.getByRole('combobox', { name: 'Stored access policy' })).toBeEnabled();
  });

  test('a form with mistakes names them and creates no signature', async () => {
    await show('orders');
    await dialog.getByRole('textbox', { name: 'Allowed address' }).fill('203.0.113');
    await dialog.getByRole('checkbox', { name: 'Read r' }).click();
    await create.click();

    await expect.element(dialog.getByText(/^An IPv4 address such as/)).toBeVisible();
    await expect.element(dialog.getByRole('textbox', { name: 'Allowed address' })).toHaveFocus();
    await expect.element(dialog.getByText('Choose what it allows.')).toBeVisible();
    await expect.element(dialog.getByRole('button', { name: 'Copy token' })).not.toBeInTheDocument();
  });
});

test('a signature for the account can list queues, and a wide one has a warning', async () => {
  await show();
  for (const name of ['Write w', 'Delete d', 'List l', 'Add a', 'Create c', 'Update u', 'Process p'])
    await dialog.getByRole('checkbox', { name }).click();
  const warnings = dialog.getByRole('list', { name: 'Warnings' });
  await expect.element(warnings).toHaveTextContent('It allows all that the account key allows with queues');
  await expect.element(warnings).toHaveTextContent('It works from any address.');
  await create.click();
  await dialog.getByRole('button', { name: 'Copy connection string' }).click();

  const { value: queues } = await (await accountOfCopied()).listQueues().next();
  expect(queues?.length).toBeGreaterThan(0);

  // A change afterwards needs another signature.
  await dialog.getByRole('checkbox', { name: 'Delete d' }).click();
  await expect.element(dialog.getByRole('button', { name: 'Copy token' })).not.toBeInTheDocument();
});
