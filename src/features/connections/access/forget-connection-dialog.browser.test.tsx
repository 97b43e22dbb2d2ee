import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { addConnection, currentConnections, forgetConnection, loadConnections } from '@/state/connections/connections';
import { currentRoute, goTo } from '@/state/navigation/route';
import { addSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import ForgetConnectionDialog from './forget-connection-dialog';
import '@/styles.css';

beforeEach(async () => {
  await loadConnections();
  await addSandbox();
  const key = await importKey(EMULATOR.key);
  const account = { account: 'harborlane', endpoint: 'https://harborlane.queue.core.windows.net' };
  await addConnection({ ...account, credential: { kind: 'key', key } }, 'tab');
});
afterEach(async () => {
  for (const { id } of currentConnections()) await forgetConnection(id);
});

async function forgetSandbox() {
  await render(
    <QueryClientProvider client={new QueryClient()}>
      <Tooltip.Provider>
        <ForgetConnectionDialog connectionId={SANDBOX_ID} onClose={() => {}} />
      </Tooltip.Provider>
    </QueryClientProvider>,
  );
  await page.getByRole('button', { name: 'Forget connection' }).click();
  await expect.poll(() => currentConnections().map(({ id }) => id)).toEqual(['harborlane']);
}

test('forgetting a connection in Settings stays there', async () => {
  goTo({ screen: 'settings' });
  await forgetSandbox();
  await expect.poll(currentRoute).toEqual({ screen: 'settings' });
});

test('forgetting the open connection opens the next one', async () => {
  goTo({ screen: 'explorer', connectionId: SANDBOX_ID, mode: 'peek', filter: '' });
  await forgetSandbox();
  await expect.poll(currentRoute).toMatchObject({ screen: 'explorer', connectionId: 'harborlane' });
});
