import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles.css';
import { type Command, useCommands } from '@/state/navigation/commands';
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
  { ...command('undo', 'Undo'), enabled: false },
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
  await expect.element(option(/Refresh messages/)).toHaveAttribute('data-highlighted');
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
  await expect.element(option(/Refresh messages/)).toHaveAttribute('data-highlighted');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await expect.element(option(/Settings/)).toHaveAttribute('data-highlighted');
  await userEvent.keyboard('{Enter}');
  expect(run.mock.calls).toEqual([['settings']]);
});

test('a press takes a choice; what cannot be done is not offered', async () => {
  await render(<Palette />);
  await expect.element(option(/Undo/)).not.toBeInTheDocument();
  await option(/Add message/).click();
  expect(run.mock.calls).toEqual([['add']]);
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
