import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { addConnection, currentConnections, forgetConnection } from '@/state/connections/connections';
import { openedQueuesOf } from '@/state/connections/opened-queues';
import { type Command, useCommands } from '@/state/navigation/commands';
import { allCommands } from './all-commands';
import CommandPalette from './command-palette';

const run = vi.fn<(id: string) => void>();
const onClose = vi.fn<() => void>();
afterEach(() => {
  run.mockClear();
  onClose.mockClear();
});

const command = (id: string, title: string, group: Command['group'] = 'Messages'): Command => ({
  id,
  title,
  group,
  run: () => run(id),
});
const COMMANDS = [
  command('refresh', 'Refresh messages'),
  command('add', 'Add message'),
  command('settings', 'Settings', 'Go to'),
  { ...command('messages.undo', 'Undo'), enabled: false },
];

function Palette({ commands = COMMANDS }: { commands?: readonly Command[] }) {
  useCommands(commands);
  return (
    <QueryClientProvider client={new QueryClient()}>
      <CommandPalette onClose={onClose} />
    </QueryClientProvider>
  );
}

const field = page.getByRole('combobox', { name: 'Search or run a command' });
const option = (name: string | RegExp) => page.getByRole('option', { name });

test('starts in the field, with the first choice ready for Enter', async () => {
  await render(<Palette />);
  await expect.element(field).toHaveFocus();
  await expect.element(option('Refresh messages Messages')).toHaveAttribute('data-highlighted');
  await userEvent.keyboard('{Enter}');
  expect(run.mock.calls).toEqual([['refresh']]);
  expect(onClose).toHaveBeenCalledTimes(1);
});

test('finds as one types, the best first, and tells which one Enter takes', async () => {
  await render(<Palette />);
  await userEvent.type(field, 'mess');
  await expect.element(option(/Settings/)).not.toBeInTheDocument();
  await userEvent.clear(field);
  await userEvent.type(field, 'a');
  // "Add message" begins with it.
  await expect.element(page.getByRole('option').first()).toHaveTextContent('Add message');
  const first = page.getByRole('option').first().element();
  await expect.element(field).toHaveAttribute('aria-activedescendant', first.id);
});

test('arrows walk round the list, and Enter takes the one they are on', async () => {
  await render(<Palette />);
  await expect.element(option('Refresh messages Messages')).toHaveAttribute('data-highlighted');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await expect.element(option(/^Settings(?! ·)/).first()).toHaveAttribute('data-highlighted');
  await userEvent.keyboard('{Enter}');
  expect(run.mock.calls).toEqual([['settings']]);
});

test('a press takes a choice; what cannot be done is there with the reason', async () => {
  await render(<Palette />);
  await userEvent.type(field, 'undo');
  await expect.element(option(/Undo the last change/)).toHaveTextContent('There is nothing to undo now');
  await userEvent.clear(field);
  await option('Add message Messages').click();
  expect(run.mock.calls).toEqual([['add']]);
});

test('shows every action of the tables before anything is typed', async () => {
  await render(<Palette />);
  const ids = allCommands({ registered: COMMANDS, on: undefined, at: undefined }).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(120);
  const commands = page.getByRole('group', { name: 'Commands' }).getByRole('option');
  // The palette itself is the one that is not in it.
  await expect.poll(() => commands.elements().length).toBe(ids.length - 1);
});

test('says when nothing matches, and then Enter does nothing', async () => {
  await render(<Palette />);
  await userEvent.type(field, 'zebra');
  await expect.element(page.getByText('Nothing matches zebra')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(run).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => onClose.mock.calls.length).toBe(1);
});

const opened = () => openedQueuesOf(currentConnections()[0]);

describe('a queue by its name', () => {
  const ACCOUNT_SAS = 'sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&sig=abc%3D';
  const QUEUE_SAS = 'sv=2024-11-04&sp=r&se=2099-01-01T00:00:00Z&sig=abc%3D';
  const XML = { 'content-type': 'application/xml', 'x-ms-request-id': 'r-1' };

  /** Connects, and lets the service list these queues, refuse to, or not answer yet. */
  async function connected(listed: readonly string[] | 'refused' | 'waiting', token = ACCOUNT_SAS, queue?: string) {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
      if (listed === 'waiting') return new Promise<Response>(() => {});
      if (listed === 'refused')
        return new Response('<Error><Code>AuthorizationPermissionMismatch</Code></Error>', {
          status: 403,
          headers: XML,
        });
      const names = listed.map((name) => `<Queue><Name>${name}</Name></Queue>`).join('');
      const body = `<EnumerationResults><Queues>${names}</Queues><NextMarker/></EnumerationResults>`;
      return new Response(body, { headers: XML });
    });
    const endpoint = 'https://harborlane.queue.core.windows.net';
    const credential = { kind: 'sas', token } as const;
    await addConnection({ account: 'harborlane', endpoint, credential, ...(queue && { queue }) }, 'tab');
    await render(<Palette />);
  }

  afterEach(async () => {
    vi.restoreAllMocks();
    location.hash = '';
    for (const { id } of currentConnections()) await forgetConnection(id);
  });

  test.each(['refused', 'waiting'] as const)('is opened and remembered while the list is %s', async (state) => {
    await connected(state);
    await userEvent.type(field, 'orders');
    await expect.element(option(/^Open queue "orders"/)).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(location.hash).toBe('#/q/harborlane/orders');
    await expect.poll(opened).toEqual(['orders']);
  });

  test('is offered beside a whole list below what matches, and is not remembered', async () => {
    await connected(['orders-poison', 'add']);
    await userEvent.type(field, 'orders');
    await expect.element(option(/^orders-poison/)).toHaveAttribute('data-highlighted');
    await expect.element(page.getByRole('option').last()).toHaveTextContent('Open queue "orders"Not in the list');
    await option(/^Open queue/).click();
    expect(location.hash).toBe('#/q/harborlane/orders');
    expect(opened()).toEqual([]);
  });

  test.each(['add', 'or', 'Orders', 'two words', 'a--b', ''])('%j is no such name', async (text) => {
    await connected(['add']);
    await expect.element(option(/^add/)).toBeVisible();
    await field.fill(text);
    await expect.element(field).toHaveValue(text);
    await expect.element(option(/^Open queue/)).not.toBeInTheDocument();
  });

  test('is not offered to a signature of one queue, and is to one that may not list', async () => {
    await connected('refused', QUEUE_SAS, 'orders');
    await userEvent.type(field, 'payments');
    await expect.element(page.getByText('Nothing matches payments')).toBeVisible();
    for (const { id } of currentConnections()) await forgetConnection(id);
  });

  test('is offered to an account signature that may not list', async () => {
    await connected('refused', ACCOUNT_SAS.replace('sp=rl', 'sp=r'), 'orders');
    await userEvent.type(field, 'payments');
    await expect.element(option(/^Open queue "payments"/)).toBeVisible();
  });
});
