import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accountFor } from '@/queries/use-account';
import { addConnection, currentConnections, forgetConnection, loadConnections } from '@/state/connections/connections';
import { openedQueuesOf, rememberQueue } from '@/state/connections/opened-queues';
import { openQueue, useRoute } from '@/state/navigation/route';
import { resetPreferences } from '@/state/settings/preferences';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { DeleteQueue } from './delete-queue-dialog';
import { QueueBrowser } from './queue-browser';
import { QueueOverview } from './queue-overview';
import { render } from './render-queues.fixture';

const ENDPOINT = 'https://harborlane.queue.core.windows.net';
const SAS = 'sv=2024-11-04&ss=q&srt=sco&sp=rdlp&se=2099-01-01T00:00:00Z&sig=abc%3D';
const XML = { 'content-type': 'application/xml', 'x-ms-request-id': 'r-1' };

/** What the service answers a list with; undefined lists the queues. */
let list: (() => Response) | undefined;
/** The queues that are there, with their counts; undefined for one that this credential may not read. */
let queues: Map<string, number | undefined>;
let id: string;

const refusal = (status: number, code: string) =>
  new Response(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`, {
    status,
    headers: { ...XML, ...(code && { 'x-ms-error-code': code }) },
  });
const MISMATCH = () => refusal(403, 'AuthorizationPermissionMismatch');

function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const method = input instanceof Request ? input.method : (init?.method ?? 'GET');
  if (url.searchParams.get('comp') === 'list') {
    if (list) return Promise.resolve().then(list);
    const names = [...queues.keys()].map((name) => `<Queue><Name>${name}</Name></Queue>`).join('');
    const body = `<?xml version="1.0"?><EnumerationResults><Queues>${names}</Queues><NextMarker/></EnumerationResults>`;
    return Promise.resolve(new Response(body, { headers: XML }));
  }
  const name = url.pathname.slice(1).split('/')[0] ?? '';
  if (!queues.has(name)) return Promise.resolve(refusal(404, 'QueueNotFound'));
  if (method === 'DELETE') {
    queues.delete(name);
    return Promise.resolve(new Response(null, { status: 204, headers: XML }));
  }
  const count = queues.get(name);
  if (count === undefined) return Promise.resolve(MISMATCH());
  return Promise.resolve(new Response(null, { headers: { ...XML, 'x-ms-approximate-messages-count': `${count}` } }));
}

beforeEach(async () => {
  resetPreferences();
  for (const toast of readToasts()) dismissToast(toast.id);
  await loadConnections();
  location.hash = '';
  list = MISMATCH;
  queues = new Map([
    ['orders', 3],
    ['payments', 5],
  ]);
  vi.spyOn(globalThis, 'fetch').mockImplementation(answer);
  const connection = { account: 'harborlane', endpoint: ENDPOINT, credential: { kind: 'sas' as const, token: SAS } };
  ({ id } = await addConnection(connection, 'tab'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of currentConnections()) await forgetConnection(one.id);
});

const opened = () => openedQueuesOf(currentConnections()[0]);
const field = page.getByRole('textbox', { name: 'Open a queue by name', exact: true });
const open = page.getByRole('button', { name: 'Open', exact: true });
const byName = page.getByRole('list', { name: 'Opened by name' });
const link = (name: string | RegExp) => page.getByRole('link', { name });

/** The list as in the sidebar, at the place in the address. */
function Sidebar() {
  const account = accountFor(id);
  const route = useRoute();
  return account && <QueueBrowser account={account} current={route?.screen === 'explorer' ? route.queue : undefined} />;
}

test.each<[string, () => Response]>([
  ['a role on one queue', MISMATCH],
  ['a signature without the resource type', () => refusal(403, 'AuthorizationResourceTypeMismatch')],
  ['a signature without the service', () => refusal(403, 'AuthorizationServiceMismatch')],
  ['a signature of one queue, or a firewall', () => refusal(403, 'AuthorizationFailure')],
  ['an address that is not allowed', () => refusal(403, 'AuthorizationSourceIPMismatch')],
  ['an account without that permission', () => refusal(403, 'InsufficientAccountPermissions')],
  ['a refused credential', () => refusal(403, 'AuthenticationFailed')],
  ['a refusal without a code', () => refusal(403, '')],
  [
    'the page of a proxy',
    () => new Response('<html>Sign in</html>', { status: 403, headers: { 'content-type': 'text/html' } }),
  ],
  ['an answer that is no list', () => new Response('<a/>', { headers: XML })],
])('after %s a queue is opened by its name, and listed with its count', async (_, refused) => {
  list = refused;
  await render(<Sidebar />);
  await expect.element(page.getByRole('alert')).toHaveTextContent('The queues could not be listed');
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  expect(page.getByRole('button', { name: 'View request' }).elements()).toHaveLength(refused().status < 400 ? 0 : 1);

  await field.fill('orders');
  await userEvent.keyboard('{Enter}');
  expect(location.hash).toBe('#/q/harborlane/orders');
  await expect.element(byName.getByRole('link', { name: 'orders, about 3 messages' })).toBeVisible();
  expect(opened()).toEqual(['orders']);
});

test('the rule that a name breaks is told, while it is typed where typing on cannot mend it, else when it is tried', async () => {
  await render(<Sidebar />);
  await field.fill('or');
  await expect.element(field).not.toHaveAttribute('aria-invalid');
  await open.click();
  await expect.element(field).toHaveAccessibleDescription('A queue name has 3 to 63 characters.');
  await expect.element(field).toHaveFocus();
  await field.fill('orders-');
  await expect.element(field).not.toHaveAttribute('aria-invalid');
  await field.fill('Orders');
  await expect
    .element(field)
    .toHaveAccessibleDescription('A queue name has only lower-case letters a to z, digits and hyphens.');
  await userEvent.keyboard('{Enter}');
  expect(location.hash).toBe('');
  await field.fill(' orders ');
  await open.click();
  expect(location.hash).toBe('#/q/harborlane/orders');
});

test('counts that may not be read are unknown, never 0', async () => {
  queues.set('audit', undefined);
  await rememberQueue(id, 'audit');
  await render(<Sidebar />);
  await expect.element(byName.getByRole('link', { name: 'audit, count unknown' })).toHaveTextContent('audit?');
});

test('Forget takes a name out, moves the focus on, leaves its screen, and can be undone', async () => {
  for (const name of ['orders', 'payments']) await rememberQueue(id, name);
  openQueue(id, 'orders');
  await render(<Sidebar />);
  await byName.getByRole('button', { name: 'Forget orders' }).click();
  await expect.element(link(/^orders/)).not.toBeInTheDocument();
  await expect.element(link(/^payments/)).toHaveFocus();
  expect(opened()).toEqual(['payments']);
  expect(location.hash).toBe('#/q/harborlane');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(link(/^orders/)).toBeVisible();
  await byName.getByRole('button', { name: 'Forget orders' }).click();
  await byName.getByRole('button', { name: 'Forget payments' }).click();
  await expect.element(byName).not.toBeInTheDocument();
  await expect.element(field).toHaveFocus();
});

test('a queue that a link opened is remembered too, and arrows and the filter work as in any list', async () => {
  await rememberQueue(id, 'payments');
  openQueue(id, 'orders');
  await render(<Sidebar />);
  await expect.element(link(/^orders/)).toHaveAttribute('aria-current', 'page');
  expect(opened()).toEqual(['payments', 'orders']);
  const filter = page.getByRole('textbox', { name: 'Filter queues' });
  await filter.click();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await expect.element(link(/^payments/)).toHaveFocus();
  await filter.fill('pay');
  await expect.element(link(/^orders/)).not.toBeInTheDocument();
  await filter.fill('nothing');
  await expect.element(page.getByText('None of them matches the filter.')).toBeVisible();
});

test('once listing works the list is all there is, without doubles, and gets the focus', async () => {
  for (const name of ['orders', 'gone']) await rememberQueue(id, name);
  await render(<Sidebar />);
  await expect.element(link('gone, count unknown')).toBeVisible();
  list = undefined;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(link(/^payments/)).toBeVisible();
  expect(page.getByRole('link').elements()).toHaveLength(2);
  await expect.element(field).not.toBeInTheDocument();
  await expect.element(page.getByRole('textbox', { name: 'Filter queues' })).toHaveFocus();
});

test('what is typed stays while the list is tried again', async () => {
  await render(<Sidebar />);
  await field.fill('half-a-na');
  const { promise, resolve } = Promise.withResolvers<void>();
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...args) => {
    await promise;
    return answer(...args);
  });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('button', { name: 'Try again' })).toHaveAttribute('aria-busy', 'true');
  await expect.element(field).toHaveValue('half-a-na');
  resolve();
  await expect.element(page.getByRole('button', { name: 'Try again' })).toHaveAttribute('aria-busy', 'false');
  await expect.element(field).toHaveValue('half-a-na');
});

test('a queue that is deleted is forgotten', async () => {
  for (const name of ['orders', 'payments']) await rememberQueue(id, name);
  const account = accountFor(id);
  if (!account) throw new Error('No account');
  await render(<DeleteQueue account={account} queue="orders" onClose={() => {}} />);
  await page.getByRole('textbox').fill('orders');
  await page.getByRole('button', { name: 'Delete queue' }).click();
  await expect.poll(opened).toEqual(['payments']);
});

test('where there is no sidebar, the field and the opened queues stand below the reason', async () => {
  await page.viewport(390, 844);
  await rememberQueue(id, 'payments');
  await render(<QueueOverview connectionId={id} />);
  await expect.element(link(/^payments/)).toBeVisible();
  expect(field.elements()).toHaveLength(1);
  await field.fill('orders');
  await open.click();
  expect(location.hash).toBe('#/q/harborlane/orders');
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  await page.viewport(1000, 800);
});

test('a queue that a part of the list leaves out is opened from the filter', async () => {
  let pages = 0;
  list = () => {
    pages += 1;
    if (pages > 1) return MISMATCH();
    const body =
      '<EnumerationResults><Queues><Queue><Name>orders</Name></Queue></Queues><NextMarker>p</NextMarker></EnumerationResults>';
    return new Response(body, { headers: XML });
  };
  await render(<Sidebar />);
  await expect.element(page.getByText(/^Queues as of/)).toBeVisible();
  await expect.element(link(/^orders/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Filter queues' }).fill('payments');
  await page.getByRole('button', { name: 'Open payments' }).click();
  expect(location.hash).toBe('#/q/harborlane/payments');
  await page.getByRole('textbox', { name: 'Filter queues' }).fill('');
  await expect.element(link('payments, about 5 messages')).toBeVisible();
  expect(opened()).toEqual(['payments']);
});

test('a queue that a whole list leaves out is not', async () => {
  list = undefined;
  await render(<Sidebar />);
  await expect.element(link(/^orders/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Filter queues' }).fill('audit');
  await expect.element(page.getByRole('button', { name: 'Create audit' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Open audit' })).not.toBeInTheDocument();
});

test('a signature that may not list, connected for one queue, opens the others of its account', async () => {
  const token = SAS.replace('sp=rdlp', 'sp=rp');
  ({ id } = await addConnection(
    { account: 'harborlane', endpoint: ENDPOINT, credential: { kind: 'sas', token }, queue: 'orders' },
    'tab',
  ));
  await page.viewport(1280, 800);
  await render(<QueueOverview connectionId={id} />);
  await field.fill('payments');
  await open.click();
  expect(location.hash).toBe('#/q/harborlane%3Aorders/payments');
  await page.viewport(1000, 800);
});
