import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { addConnection, currentConnections, forgetConnection, loadConnections } from '@/state/connections/connections';
import { AllowedHosts } from './allowed-hosts';
import '@/styles.css';

const SAS = 'sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&sig=abc%3D';

/** What the local server keeps, and what it was started with; undefined where none serves the page. */
let hosts: string[] | undefined;
let given: string[];
let isGone: boolean;

function answer(input: RequestInfo | URL, init?: RequestInit): Response {
  const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
  if (isGone) throw new TypeError('Failed to fetch');
  if (!hosts || !pathname.includes('/allowed-hosts')) return new Response('', { status: 404 });
  const { origin } = JSON.parse(init?.body as string) as { origin: string };
  if (pathname.endsWith('/remove')) hosts = hosts.filter((one) => one !== origin);
  else if (!pathname.endsWith('/list')) hosts.push(origin);
  return Response.json({ hosts: [...given, ...hosts], given });
}

async function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  // Asked once in the life of a page.
  client.setQueryData(['can-add-hosts'], hosts !== undefined);
  await render(
    <QueryClientProvider client={client}>
      <Tooltip.Provider>
        <AllowedHosts />
      </Tooltip.Provider>
    </QueryClientProvider>,
  );
}

const connected = (endpoint: string, relay = false) =>
  addConnection(
    { account: 'harborlane', endpoint, credential: { kind: 'sas', token: SAS }, ...(relay && { relay }) },
    'tab',
  );

beforeEach(async () => {
  await page.viewport(1000, 800);
  await loadConnections();
  [hosts, given, isGone] = [['https://queues.example', 'http://127.0.0.1:40002'], [], false];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...args) => answer(...args));
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const { id } of currentConnections()) await forgetConnection(id);
});

const section = page.getByRole('region', { name: 'Allowed hosts' });
const remove = (host: string) => section.getByRole('button', { name: `Remove ${host}`, exact: true });

test('a host that nothing uses is removed at once, with the way to the new policy, and back', async () => {
  await show();
  await expect.element(remove('127.0.0.1:40002')).toBeVisible();
  await remove('queues.example').click();
  await expect.element(remove('queues.example')).not.toBeInTheDocument();
  expect(hosts).toEqual(['http://127.0.0.1:40002']);
  await expect.element(section).toHaveTextContent('The new policy holds after the next reload');
  await expect.element(section.getByRole('button', { name: 'Reload now' })).toHaveFocus();

  await section.getByRole('button', { name: 'Undo' }).click();
  await expect.element(remove('queues.example')).toBeVisible();
  await expect.element(section).not.toHaveTextContent('The new policy holds');
  expect(hosts).toEqual(['http://127.0.0.1:40002', 'https://queues.example']);
});

test('which connections cannot be reached then is said before, and they are kept when that is refused', async () => {
  await connected('https://queues.example/harborlane');
  await show();
  await expect.element(section).toHaveTextContent('https://queues.exampleUsed by harborlane.');
  await remove('queues.example').click();
  const dialog = page.getByRole('dialog', { name: 'Remove queues.example?' });
  await expect.element(dialog).toHaveTextContent('harborlane cannot be reached after the next reload.');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(hosts).toHaveLength(2);

  await remove('queues.example').click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect.element(remove('queues.example')).not.toBeInTheDocument();
  expect(hosts).toEqual(['http://127.0.0.1:40002']);
  expect(currentConnections()).toHaveLength(1);
});

test.each<[string, string, boolean, string[]]>([
  ['by the relay', 'https://queues.example/harborlane', true, ['https://queues.example']],
  [
    'at a known host',
    'https://harborlane.queue.core.windows.net',
    false,
    ['https://harborlane.queue.core.windows.net'],
  ],
  [
    'at a host that is there twice',
    'https://queues.example/harborlane',
    false,
    ['http://queues.example', 'https://queues.example'],
  ],
])('a connection %s does not need the host', async (_, endpoint, relay, kept) => {
  hosts = kept;
  await connected(endpoint, relay);
  await show();
  await expect.element(section).toHaveTextContent('No connection uses it.');
});

test('two entries of one host are told apart, and a host of this run cannot be removed', async () => {
  hosts = ['http://queues.example', 'https://queues.example'];
  given = ['https://given.example'];
  await show();
  await expect.element(remove('https://queues.example')).toBeVisible();
  await expect.element(section).toHaveTextContent('Named with --allow-host, for this run of the local server.');
  expect(section.getByRole('button', { name: /given/ }).elements()).toEqual([]);
});

test('without hosts the section says what the page reaches', async () => {
  hosts = [];
  await show();
  await expect.element(section).toHaveTextContent('No hosts were added');
});

test('without the local server the policy is fixed by whoever serves the page', async () => {
  hosts = undefined;
  await show();
  await expect.element(section).toHaveTextContent('The policy is fixed by whoever serves this page');
  expect(section.getByRole('button').elements()).toEqual([]);
});

test('a local server that is gone is told, and asked again', async () => {
  await show();
  await expect.element(remove('queues.example')).toBeVisible();
  isGone = true;
  await remove('queues.example').click();
  await expect.element(section.getByRole('alert')).toHaveTextContent('The local server of this page does not answer.');
  expect(hosts).toHaveLength(2);
  isGone = false;
  await remove('queues.example').click();
  await expect.element(remove('queues.example')).not.toBeInTheDocument();
});
