import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { addConnection, currentConnections, forgetConnection, loadConnections } from '@/state/connections/connections';
import { openedQueuesOf, rememberQueue } from '@/state/connections/opened-queues';
import { openQueue } from '@/state/navigation/route';
import { ConnectScreen } from './connect-screen';
import { KeyForm } from './locked/key-form';
import '@/styles.css';

const HOST = 'https://harborlane.queue.core.windows.net';
const ACCOUNT_SAS = 'sv=2024-11-04&ss=q&srt=sco&sp=rlp&se=2099-01-01T00:00:00Z&sig=c2ln';
const KEY = btoa('k'.repeat(64));
const base64 = (value: object) =>
  btoa(JSON.stringify(value)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
const TOKEN = `${base64({ alg: 'RS256' })}.${base64({ aud: 'https://storage.azure.com', exp: 4_070_908_800, upn: 'ada' })}.c2ln`;
const XML = { 'content-type': 'application/xml', 'x-ms-request-id': 'r-1' };

const refusal = (status: number, code: string) =>
  new Response(`<Error><Code>${code}</Code><Message>No.</Message></Error>`, {
    status,
    headers: { ...XML, 'x-ms-error-code': code },
  });
const mismatch = () => refusal(403, 'AuthorizationPermissionMismatch');
const unauthentic = () => refusal(403, 'AuthenticationFailed');
const ok = () => new Response(null, { headers: { ...XML, 'x-ms-approximate-messages-count': '3' } });
const messages = () => new Response('<QueueMessagesList/>', { headers: XML });

/** What the service answers: to a list, to the properties of `orders`, and to a peek there. */
type Service = { list?: () => Response; properties?: () => Response; peek?: () => Response };
let asked: string[];

function serve({ list = mismatch, properties = ok, peek = messages }: Service = {}) {
  asked = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    // Not the page's own server.
    if (url.origin !== HOST) return new Response(null, { status: 404 });
    asked.push(url.pathname);
    if (url.searchParams.get('comp') === 'list') return list();
    if (!url.pathname.startsWith('/orders')) return refusal(404, 'QueueNotFound');
    return url.pathname.endsWith('/messages') ? peek() : properties();
  });
}

const inClient = (element: React.ReactElement) => (
  <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
    {element}
  </QueryClientProvider>
);
const show = (wanted?: string) => render(inClient(<ConnectScreen wanted={wanted} />));

const form = page.getByRole('form', { name: 'Connect an account' });
const details = page.getByRole('textbox', { name: 'Connection details' });
const field = form.getByRole('textbox', { name: 'Open a queue by name', exact: true });
const open = form.getByRole('button', { name: 'Open', exact: true });
const verdict = (name: string | RegExp) => form.getByRole('alert', { name });
const MAY_NOT_LIST = 'This credential may not list queues; open one by its name';

async function connectWith(text: string, account?: string) {
  await details.fill(text);
  if (account !== undefined) await form.getByLabelText('Account name').fill(account);
  await form.getByRole('button', { name: /^Connect/ }).click();
}

beforeEach(async () => {
  location.hash = '#/connect';
  await loadConnections();
  serve();
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const { id } of currentConnections()) await forgetConnection(id);
});

/** Credentials that may not list: what is pasted, and the account that is typed. */
const CREDENTIALS: [string, string, string?][] = [
  ['an access token with a role on one queue', TOKEN, 'harborlane'],
  ['an account SAS', `${HOST}/?${ACCOUNT_SAS}`],
  ['an account SAS in a connection string', `QueueEndpoint=${HOST}/;SharedAccessSignature=${ACCOUNT_SAS}`],
  ['a key, by what stands in between', `AccountName=harborlane;AccountKey=${KEY}`],
];

test.each(CREDENTIALS)('%s is taken once a queue is named that it may read', async (_, text, account) => {
  await show();
  await connectWith(text, account);
  await expect.element(verdict(MAY_NOT_LIST)).toBeVisible();
  await expect.element(form.getByRole('button', { name: 'Save anyway' })).toBeVisible();
  expect(currentConnections()).toEqual([]);

  await field.fill('orders');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => location.hash).toBe('#/q/harborlane/orders');
  expect(currentConnections().map(openedQueuesOf)).toEqual([['orders']]);
});

test.each<[string, string, string?]>([
  ['the address of the signature', `${HOST}/orders?${ACCOUNT_SAS}`],
  ['the path of the address', `QueueEndpoint=${HOST}/orders;SharedAccessSignature=${ACCOUNT_SAS}`],
  ['a setting beside the string', `AccountName=harborlane;AccountKey=${KEY}\nQueueName=orders`],
  [
    'QueueName in the string',
    `Endpoint=https://harborlane.queue.core.windows.net;QueueName=orders;AccountKey=${KEY};AccountName=harborlane`,
  ],
  ['the address beside a token', TOKEN, `${HOST}/orders`],
])('a queue that is named in %s is read in place of the list, and opened', async (_, text, account) => {
  await show();
  await connectWith(text, account);
  await expect.poll(() => location.hash).toBe('#/q/harborlane/orders');
  expect(currentConnections().map(openedQueuesOf)).toEqual([['orders']]);
});

test.each<[string, Service, string]>([
  ['with a role to process messages alone', { properties: mismatch }, '#/q/harborlane/orders'],
  [
    'after a firewall kept the list alone back',
    { list: () => refusal(403, 'AuthorizationFailure') },
    '#/q/harborlane/orders',
  ],
  [
    'after the list alone had no answer',
    {
      list: () => {
        throw new TypeError('Failed to fetch');
      },
    },
    '#/q/harborlane/orders',
  ],
  [
    'after the list had an answer that is none',
    { list: () => new Response('<a/>', { headers: XML }) },
    '#/q/harborlane/orders',
  ],
])('a named queue is opened %s', async (_, service, hash) => {
  serve(service);
  await show();
  await connectWith(`${HOST}/orders?${ACCOUNT_SAS}`);
  await expect.poll(() => location.hash).toBe(hash);
});

test('a queue that is not there, or may not be read, is told at the field, which keeps the name and the focus', async () => {
  await show();
  await connectWith(`${HOST}/?${ACCOUNT_SAS}`);
  await field.fill('Orders');
  await expect.element(field).toHaveAccessibleDescription(/lower-case letters/);
  await field.fill('audit');
  await userEvent.keyboard('{Enter}');
  await expect.element(verdict('There is no queue of this name')).toBeVisible();
  await expect.element(field).toHaveAccessibleDescription('audit does not exist.');
  await expect.element(field).toHaveFocus();
  await expect.element(field).toHaveValue('audit');
  expect(currentConnections()).toEqual([]);

  serve({ properties: mismatch, peek: mismatch });
  await field.fill('orders');
  await open.click();
  await expect.element(verdict('This credential may not list queues, and not read this one')).toBeVisible();
  // A credential that may add messages alone.
  await form.getByRole('button', { name: 'Save anyway' }).click();
  await expect.poll(() => location.hash).toBe('#/q/harborlane/orders');
  expect(currentConnections().map(openedQueuesOf)).toEqual([['orders']]);
});

test('a credential that Azure refuses is not taken for one that may not list', async () => {
  serve({ list: unauthentic, properties: unauthentic, peek: unauthentic });
  await show();
  await connectWith(`${HOST}/orders?${ACCOUNT_SAS}`);
  await expect.element(form.getByRole('alert')).toBeVisible();
  await expect.element(field).not.toBeInTheDocument();
  expect(currentConnections()).toEqual([]);
});

test('a credential that may list is not asked for a queue', async () => {
  serve({
    list: () => new Response('<EnumerationResults><Queues/><NextMarker/></EnumerationResults>', { headers: XML }),
  });
  await show();
  await connectWith(`${HOST}/orders?${ACCOUNT_SAS}`);
  await expect.poll(() => location.hash).toBe('#/q/harborlane/orders');
  expect(asked).toEqual(['/']);
  expect(currentConnections().map(openedQueuesOf)).toEqual([[]]);
});

test('a link to a queue is what is read and opened, unless another one is named', async () => {
  openQueue('harborlane', 'orders');
  await show('harborlane');
  await connectWith(`${HOST}/?${ACCOUNT_SAS}`);
  await expect.poll(() => currentConnections().map(openedQueuesOf)).toEqual([['orders']]);
  expect(location.hash).toBe('#/q/harborlane/orders');
});

test('a link to a queue that is not there lets another one be named', async () => {
  openQueue('harborlane', 'audit');
  await show('harborlane');
  await connectWith(`${HOST}/?${ACCOUNT_SAS}`);
  await expect.element(verdict('There is no queue of this name')).toBeVisible();
  await expect.element(field).toHaveValue('audit');
  await expect.element(field).toHaveAccessibleDescription('audit does not exist.');
  await field.fill('orders');
  await open.click();
  await expect.poll(() => location.hash).toBe('#/q/harborlane/orders');
});

test('after a reload the secret of a connection that may not list is enough', async () => {
  const credential = { kind: 'sas' as const, token: ACCOUNT_SAS };
  const stored = await addConnection({ account: 'harborlane', endpoint: HOST, credential }, 'tab');
  await render(inClient(<KeyForm connection={stored} />));
  const again = page.getByRole('form', { name: 'Enter the shared access signature' });
  await again.getByRole('textbox').fill(ACCOUNT_SAS);
  await again.getByRole('button', { name: 'Connect' }).click();
  await expect.poll(() => asked).toEqual(['/']);
  await expect.element(again.getByRole('textbox')).toHaveValue('');
  await rememberQueue(stored.id, 'orders');
});

test('what is saved anyway does not remember a queue that is not there', async () => {
  await show();
  await connectWith(`${HOST}/?${ACCOUNT_SAS}`);
  await field.fill('audit');
  await open.click();
  await expect.element(verdict('There is no queue of this name')).toBeVisible();
  await form.getByRole('button', { name: 'Save anyway' }).click();
  await expect.poll(() => location.hash).toBe('#/q/harborlane');
  expect(currentConnections().map(openedQueuesOf)).toEqual([[]]);
});
