import '@/styles.css';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { accountFor } from '@/queries/use-account';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { goTo } from '@/state/navigation/route';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import { resetPreferences, setPreference } from '@/state/settings/preferences';
import CopyAsDialog from './copy-as-dialog';

const queue = 'copied';

beforeAll(async () => {
  await loadConnections();
  await addSandbox();
  await openSandbox();
  await accountFor(SANDBOX_ID)?.createQueue(queue);
});
afterAll(() => forgetConnection(SANDBOX_ID));
beforeEach(() => resetPreferences());

const show = (props: { queue?: string; ids?: readonly string[] }) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Tooltip.Provider>
        <CopyAsDialog connectionId={SANDBOX_ID} onClose={() => {}} {...props} />
      </Tooltip.Provider>
    </QueryClientProvider>,
  );
const code = (language: string) => page.getByRole('region', { name: `${language} code`, exact: true });
const operation = page.getByRole('combobox', { name: 'Operation' });

test('a queue is received from as the fields of Receive say, and the chosen language stays', async () => {
  setPreference('receive', { count: 7, visibilityTimeout: 90 });
  goTo({ screen: 'explorer', connectionId: SANDBOX_ID, queue, mode: 'receive', filter: '' });
  const { unmount } = await show({ queue });
  await expect.element(page.getByRole('dialog', { name: 'Copy as code' })).toBeVisible();
  await expect.element(operation).toHaveValue('0');
  await expect.element(code('curl')).toHaveTextContent('numofmessages=7&visibilitytimeout=90');
  await page.getByRole('tab', { name: 'Python' }).click();
  await expect.element(code('Python')).toHaveTextContent('messages_per_page=7');
  await unmount();
  await show({ queue });
  await expect.element(page.getByRole('tab', { name: 'Python' })).toHaveAttribute('aria-selected', 'true');
});

test('what is copied is the code of the chosen operation, with no account of the sandbox in it', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await show({ queue });
  for (const label of ['Peek', 'Add message', 'Count and metadata', 'Access policies', 'Clear queue', 'Delete queue']) {
    await userEvent.selectOptions(operation, label);
    await page.getByRole('button', { name: 'Copy code' }).click();
  }
  const copied = write.mock.calls.map(([text]) => text);
  expect(new Set(copied).size).toBe(6);
  for (const text of copied) expect(text).toContain('https://<account>.queue.core.windows.net/copied');
  write.mockRestore();
});

test('a message that is leased is deleted by its receipt, and one that is not by a placeholder', async () => {
  const account = accountFor(SANDBOX_ID);
  await account?.sendMessage(queue, { text: 'eyJhIjoxfQ==' });
  await account?.sendMessage(queue, { text: 'plain' });
  const [leased] = (await account?.receiveMessages(queue)) ?? [];
  const [other] = (await account?.peekMessages(queue)) ?? [];
  if (!leased || !other) throw new Error('Nothing was received.');
  const { unmount } = await show({ queue, ids: [leased.id] });
  await page.getByRole('tab', { name: 'JavaScript' }).click();
  await expect
    .element(code('JavaScript'))
    .toHaveTextContent(`queue.deleteMessage("${leased.id}", "${leased.receipt}")`);
  await userEvent.selectOptions(operation, 'Edit message');
  await expect.element(code('JavaScript')).toHaveTextContent(String.raw`Buffer.from("{\"a\":1}").toString("base64")`);
  await unmount();
  await show({ queue, ids: [other.id] });
  await expect.element(code('JavaScript')).toHaveTextContent(`queue.deleteMessage("${other.id}", "<pop-receipt>")`);
});

test('of a connection it shows what is asked of the account', async () => {
  await show({});
  await expect.element(code('curl')).toHaveTextContent('comp=list');
  await userEvent.selectOptions(operation, 'Geo-replication');
  await expect.element(code('curl')).toHaveTextContent('comp=stats');
});
