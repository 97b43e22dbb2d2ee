import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { EMULATOR } from '@/azure/protocol/emulator';
import { currentConnections, forgetConnection, loadConnections } from '@/state/connections/connections';
import { ConnectScreen } from './connect-screen';
import '@/styles.css';

/** What people paste that is no plain connection string, on the screen and up to the emulator. */

const { url, account } = inject('azurite');
const { port } = new URL(url);
const KEY = EMULATOR.key;
const STRING = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${KEY};QueueEndpoint=${url};`;
const DOTS = '•'.repeat(35);

const details = page.getByRole('textbox', { name: 'Connection details' });
const form = page.getByRole('form', { name: 'Connect an account' });
const connectButton = form.getByRole('button', { name: /^Connect/ });

/** All text of the document, attributes and values of fields included. */
const everything = () =>
  document.documentElement.outerHTML +
  [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value).join(' ');

beforeEach(async () => {
  location.hash = '#/connect';
  await loadConnections();
  await render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ConnectScreen />
    </QueryClientProvider>,
  );
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const { id } of currentConnections()) await forgetConnection(id);
});

test.each([
  [
    'in Base64',
    `kind: Secret\ndata:\n  AzureWebJobsStorage: ${btoa(STRING)}\n`,
    `kind: Secret\ndata:\n  AzureWebJobsStorage: ${DOTS}\n`,
    'The connection was in Base64, and is decoded.',
  ],
  [
    'percent-encoded',
    encodeURIComponent(STRING),
    encodeURIComponent(STRING).replace(encodeURIComponent(KEY), DOTS),
    'The text was percent-encoded, and is decoded.',
  ],
  [
    'of Celery with a percent-encoded key',
    `azurestoragequeues://:${encodeURIComponent(KEY)}@${url}`,
    `azurestoragequeues://:${DOTS}@${url}`,
    'The key was percent-encoded, and is decoded.',
  ],
  [
    'without the == of its key',
    STRING.replace('==', ''),
    STRING.replace(KEY, DOTS),
    'The == at the end of the key was not whole, and is put back.',
  ],
])('a connection %s is dotted, said to be mended, and connects', async (_, text, shown, note) => {
  await details.fill(text);
  await expect.element(details).toHaveValue(shown);
  await expect.element(form).toHaveTextContent(`Note${note}, needs attention`);
  for (const secret of [KEY.slice(0, 20), btoa(KEY).slice(0, 20), encodeURIComponent(KEY).slice(-20)]) {
    expect(everything()).not.toContain(secret);
  }
  await connectButton.click();
  await expect.poll(() => currentConnections()).toMatchObject([{ account, endpoint: url, kind: 'key' }]);
});

test('a masked key is named, and the key that is typed below without its == connects', async () => {
  await details.fill(STRING.replace(KEY, '***'));
  await expect.element(form).toHaveTextContent('The key is masked here. Add the key below.');
  await form.getByLabelText('Account key').fill(KEY.slice(0, -2));
  await expect.element(form).toHaveTextContent('The == at the end of the key was not whole, and is put back.');
  await connectButton.click();
  await expect.poll(() => currentConnections()).toMatchObject([{ account, endpoint: url, kind: 'key' }]);
});

test.each([
  [400, 'FeatureNotSupportedForAccount', '', 'This account has no queues', 'Queues need an account of kind StorageV2'],
  [403, 'AuthorizationFailure', '', 'The account does not let this browser in', 'Security + networking, Networking'],
  [400, 'AccountRequiresHttps', '', 'The account takes https only', 'Connect with the https address'],
  [
    403,
    'AuthenticationFailed',
    'SAS identifier cannot be found for specified signed identifier',
    'The stored access policy is gone',
    'Ask for another signature',
  ],
])('a refusal with %i %s is told with its cause and the next step', async (status, code, detail, title, step) => {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message><AuthenticationErrorDetail>${detail}</AuthenticationErrorDetail></Error>`;
  vi.spyOn(globalThis, 'fetch').mockImplementation(() =>
    Promise.resolve(new Response(body, { status, headers: { 'x-ms-error-code': code, 'x-ms-request-id': 'r-1' } })),
  );
  await details.fill(
    detail === ''
      ? STRING.replace(url, 'https://harborlane.queue.core.windows.net').replace(account, 'harborlane')
      : `https://harborlane.queue.core.windows.net/?sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01&sig=${'a'.repeat(43)}%3D`,
  );
  await connectButton.click();
  const verdict = page.getByRole('alert', { name: title });
  await expect.element(verdict).toHaveTextContent(step);
});

test('a template is named, and nothing of it is called a mistake', async () => {
  await details.fill(`DefaultEndpointsProtocol=https;AccountName=\${storage.name};AccountKey=\${key}`);
  await expect.element(form.getByText('This is a template: its placeholders are not filled in yet.')).toBeVisible();
  await expect.element(form).not.toHaveTextContent('needs a fix');
});

test('a string of another service is named, and its secret is dotted', async () => {
  await details.fill('Endpoint=https://harbor.azconfig.io;Id=abcd;Secret=hunter2hunter2=');
  await expect
    .element(
      form.getByText(
        'This is a connection string of Azure App Configuration. Queuescope works with Azure Queue Storage.',
      ),
    )
    .toBeVisible();
  await expect.element(details).toHaveValue(`Endpoint=https://harbor.azconfig.io;Id=abcd;Secret=${DOTS}`);
  expect(everything()).not.toContain('hunter2');
});

test('the queue in a string of Aspire is opened', async () => {
  await details.fill(`Endpoint="${STRING}";QueueName=orders`);
  await connectButton.click();
  await expect.poll(() => location.hash).toMatch(/^#\/q\/[^/]+\/orders$/);
  expect(currentConnections()).toMatchObject([{ account, endpoint: url }]);
});

test('the accounts of an emulator are a choice, and the chosen one connects', async () => {
  await details.fill(`docker run -p ${port}:10001 -e AZURITE_ACCOUNTS="orders-dev:c2VjcmV0;${account}:${KEY}" azurite`);
  await expect
    .element(details)
    .toHaveValue(`docker run -p ${port}:10001 -e AZURITE_ACCOUNTS="orders-dev:${DOTS};${account}:${DOTS}" azurite`);
  await form.getByRole('radio', { name: /^orders-dev/ }).click();
  await expect.element(form).toHaveTextContent('This emulator may allow more.');
  await form.getByRole('radio', { name: new RegExp(`^${account}`) }).click();
  await connectButton.click();
  await expect.poll(() => currentConnections()).toMatchObject([{ account, endpoint: url }]);
});

test('a setting with an identity leads to the sign-in for its account, with the key as the second way', async () => {
  await details.fill(
    'AzureWebJobsStorage__queueServiceUri=https://harborlane.queue.core.windows.net\nAzureWebJobsStorage__credential=managedidentity',
  );
  await expect.element(form).toHaveTextContent('The application uses an identity here, and no key.');
  await expect.element(form.getByLabelText('Account key')).toBeVisible();
  const lead = form.getByRole('button', { name: 'Sign in instead' });
  await lead.click();

  const place = page.getByRole('textbox', { name: 'Account name or endpoint' });
  await expect.element(place).toHaveValue('https://harborlane.queue.core.windows.net');
  await expect.element(place).toHaveFocus();
  // It opens again after it was closed.
  await page.getByRole('button', { name: 'Close sign-in' }).click();
  await expect.element(place).not.toBeInTheDocument();
  await lead.click();
  await expect.element(place).toHaveFocus();
});
