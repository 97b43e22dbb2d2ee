import { Tooltip } from '@base-ui/react/tooltip';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { StorageError } from '@/azure/protocol/errors';
import { addConnection, currentConnections, forgetConnection, loadConnections } from '@/state/connections/connections';
import { openedQueuesOf, rememberQueue } from '@/state/connections/opened-queues';
import { openQueue } from '@/state/navigation/route';
import FirstLoadFailure from './first-load-failure';
import '@/styles.css';

const SAS = 'sv=2024-11-04&ss=q&srt=sco&sp=rwdlacup&se=2099-01-01T00:00:00Z&sig=abc%3D';
let id: string;

async function show({ readOnly = false } = {}) {
  const endpoint = 'https://harborlane.queue.core.windows.net';
  const credential = { kind: 'sas', token: SAS } as const;
  ({ id } = await addConnection({ account: 'harborlane', endpoint, credential }, 'tab', { readOnly }));
  openQueue(id, 'orders');
  const error = new StorageError('No.', { status: 404, code: 'QueueNotFound' });
  await render(
    <Tooltip.Provider>
      <FirstLoadFailure connectionId={id} queue="orders" error={error} onRetry={() => {}} />
    </Tooltip.Provider>,
  );
  await expect.element(page.getByRole('heading', { name: 'orders does not exist' })).toBeVisible();
}

beforeEach(loadConnections);
afterEach(async () => {
  for (const one of currentConnections()) await forgetConnection(one.id);
});

const create = page.getByRole('button', { name: 'Create orders' });
const forget = page.getByRole('button', { name: 'Forget', exact: true });

test('a queue that is not there is created, and forgotten where its name is remembered', async () => {
  await show();
  await expect.element(create).not.toHaveAttribute('aria-disabled');
  await expect.element(forget).not.toBeInTheDocument();

  await rememberQueue(id, 'orders');
  await forget.click();
  expect(location.hash).toBe('#/q/harborlane');
  await expect.element(forget).not.toBeInTheDocument();
  expect(currentConnections().map(openedQueuesOf)).toEqual([[]]);
});

test('a read-only connection forgets a name, and creates nothing', async () => {
  await show({ readOnly: true });
  await rememberQueue(id, 'orders');
  await expect.element(create).toHaveAttribute('aria-disabled', 'true');
  await expect.element(create).toHaveAccessibleDescription(/^Read-only/);
  await forget.click();
  expect(currentConnections().map(openedQueuesOf)).toEqual([[]]);
});
