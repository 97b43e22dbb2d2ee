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

const seen: string[][] = [];

/** What is registered at the moment in which the screen has changed. */
function Reader() {
  useLayoutEffect(() => void seen.push(currentCommands().map(({ title }) => title)));
  return null;
}

const Screen = ({ title }: { title: string }) => (
  <>
    <Queue name="orders" title={title} />
    <Reader />
  </>
);

test('a command is there as soon as its screen is, before anything can be pressed', async () => {
  const { rerender } = await render(<Screen title="Answer A" />);
  await rerender(<Screen title="Answer B" />);
  expect(seen).toEqual([['Answer A'], ['Answer B']]);
});
