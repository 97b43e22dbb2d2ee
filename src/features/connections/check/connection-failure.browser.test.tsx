import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { accountFor } from '@/queries/use-account';
import { addConnection, currentConnections, forgetConnection, loadConnections } from '@/state/connections/connections';
import { signWithAzureTime } from '@/state/time/signing-time';
import { OTHER_KEY, serviceThatIsBehind } from '../slow-clock-service.fixture';
import { ClockTable } from './clock-table';
import { ConnectionFailure } from './connection-failure';
import '@/styles.css';

const { url, account } = inject('azurite');

/** Lists the queues of an account and shows why that failed. */
async function showFailure(where: { account: string; endpoint: string }, key: string = EMULATOR.key) {
  const { id } = await addConnection({ ...where, credential: { kind: 'key', key: await importKey(key) } }, 'tab');
  const onRetry = vi.fn<() => void>();
  const failed = await accountFor(id)
    ?.listQueues()
    .next()
    .then(
      () => undefined,
      (error: Error) => error,
    );
  if (!failed) throw new Error('It worked');
  await render(
    <QueryClientProvider client={new QueryClient()}>
      <ConnectionFailure error={failed} connectionId={id} onRetry={onRetry} />
    </QueryClientProvider>,
  );
  return onRetry;
}

beforeEach(loadConnections);
afterEach(async () => {
  vi.restoreAllMocks();
  for (const { id } of currentConnections()) await forgetConnection(id);
});

test('a refused signature leads back to the key, and to the request', async () => {
  await showFailure({ account, endpoint: url }, OTHER_KEY);

  const panel = page.getByRole('alert');
  await expect.element(panel).toHaveTextContent('Azure refused the signature');
  await expect.element(panel).toHaveTextContent('403 AuthenticationFailed');
  await panel.getByRole('button', { name: 'View request' }).click();
  expect(location.hash).toMatch(/^#\/wire\/./);
  await panel.getByRole('button', { name: 'Check the key' }).click();
  expect(location.hash).toBe('#/connect');
});

test('a missing CORS rule comes with the command that adds it', async () => {
  const endpoint = `http://norule.queue.localhost:${new URL(url).port}`;
  const onRetry = await showFailure({ account: 'norule', endpoint });

  const panel = page.getByRole('alert');
  await expect.element(panel).toHaveTextContent('The account does not allow this page yet');
  await expect.element(panel).toHaveTextContent(`--origins ${location.origin} `);
  await expect.element(panel).toHaveTextContent('Blocked before a status arrived');
  await panel.getByRole('button', { name: 'Check again' }).click();
  expect(onRetry).toHaveBeenCalledOnce();
});

test('a host that does not answer is named', async () => {
  await showFailure({ account, endpoint: 'http://127.0.0.1:9/devstoreaccount1' });

  await expect.element(page.getByRole('alert')).toHaveTextContent('127.0.0.1:9 does not answer');
});

test('a connection of a device with a wrong clock can sign with the time of the service', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(serviceThatIsBehind(1_024_000));
  const where = { account: 'contosoq', endpoint: 'https://contosoq.queue.core.windows.net' };
  const onRetry = await showFailure(where);

  const panel = page.getByRole('alert');
  await expect.element(panel).toHaveTextContent('Your clock is 17 min 4 s ahead. Azure accepts up to 15 minutes.');
  await expect.element(panel).toHaveTextContent(/This device.*Azure.*Difference\+17:0[345]/);
  await panel.getByRole('button', { name: 'Use Azure time' }).click();
  expect(onRetry).toHaveBeenCalledOnce();
  expect(await accountFor('contosoq')?.listQueues().next()).toEqual({ done: false, value: [] });
});

test('a refused connection that signs with the time of the service is not blamed on the clock', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(serviceThatIsBehind(1_024_000, OTHER_KEY));
  signWithAzureTime('contosoq', -1_024_000);
  await showFailure({ account: 'contosoq', endpoint: 'https://contosoq.queue.core.windows.net' });

  const panel = page.getByRole('alert');
  await expect.element(panel).toHaveTextContent('The key is most likely not one of contosoq');
  await expect.element(panel.getByRole('button', { name: 'Use Azure time' })).not.toBeInTheDocument();
});

test('the clocks of device and service are shown with their difference', async () => {
  const { container } = await render(<ClockTable skew={-1_024_000} />);

  expect(container).toHaveTextContent('Difference+17:04');
});
