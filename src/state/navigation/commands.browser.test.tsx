import { useLayoutEffect } from 'react';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { currentCommands, useCommands } from './commands';

const ran: string[] = [];

function Queue({ name, title = 'Add message' }: { name: string; title?: string }) {
  useCommands([{ id: 'messages.add', title, group: 'Messages', keys: ['n'], run: () => ran.push(name) }]);
  return null;
}

test('a command is registered while its component is there, and does what the latest render says', async () => {
  const { rerender, unmount } = await render(<Queue name="orders" />);
  const [command] = currentCommands();
  expect(command).toMatchObject({ id: 'messages.add', keys: ['n'] });
  await rerender(<Queue name="invoices" />);
  command?.run();
  expect(ran).toEqual(['invoices']);
  await unmount();
  expect(currentCommands()).toEqual([]);
});

test('a new title takes the place of the old', async () => {
  const { rerender } = await render(<Queue name="orders" />);
  await rerender(<Queue name="orders" title="Add message to orders" />);
  expect(currentCommands().map(({ title }) => title)).toEqual(['Add message to orders']);
});

test('a command is there as soon as its screen is, before anything can be pressed', async () => {
  const seen: string[][] = [];
  function Reader({ title }: { title: string }) {
    useLayoutEffect(() => void seen.push(currentCommands().map((one) => one.title)), [title]);
    return null;
  }
  const screen = (title: string) => (
    <>
      <Queue name="orders" title={title} />
      <Reader title={title} />
    </>
  );
  const { rerender } = await render(screen('Answer A'));
  await rerender(screen('Answer B'));
  expect(seen).toEqual([['Answer A'], ['Answer B']]);
});
