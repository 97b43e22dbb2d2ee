import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { useAsync } from './use-async';

type Begun = { name: string; signal: AbortSignal; show: (value: string) => void; end: (value: string) => void };
const begun: Begun[] = [];
afterEach(() => void begun.splice(0));

function Shown({ name }: { name: string | undefined }) {
  const { value, last } = useAsync<string>(
    name === undefined ? undefined : [name],
    (signal, show) => new Promise((end) => begun.push({ name: name ?? '', signal, show, end })),
  );
  return <p>{`${value ?? 'nothing'}, last ${last ?? 'nothing'}`}</p>;
}
const text = (shown: string) => page.getByText(shown, { exact: true });

test('shows what is known so far, and then what came of it', async () => {
  await render(<Shown name="a" />);
  await expect.element(text('nothing, last nothing')).toBeVisible();
  begun[0]?.show('half');
  await expect.element(text('half, last half')).toBeVisible();
  begun[0]?.end('whole');
  await expect.element(text('whole, last whole')).toBeVisible();
});

test('begins anew with another key, and shows nothing more of the one before', async () => {
  const { rerender } = await render(<Shown name="a" />);
  begun[0]?.end('of a');
  await expect.element(text('of a, last of a')).toBeVisible();
  await rerender(<Shown name="b" />);
  await expect.element(text('nothing, last of a')).toBeVisible();
  await rerender(<Shown name="c" />);
  expect(begun.map(({ name, signal }) => [name, signal.aborted])).toEqual([
    ['a', true],
    ['b', true],
    ['c', false],
  ]);
  begun[1]?.end('of b');
  begun[2]?.end('of c');
  await expect.element(text('of c, last of c')).toBeVisible();
});

test('begins once for the same key, and not without one', async () => {
  const { rerender, unmount } = await render(<Shown name={undefined} />);
  expect(begun).toEqual([]);
  await rerender(<Shown name="a" />);
  await rerender(<Shown name="a" />);
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  await unmount();
  expect(begun[0]?.signal.aborted).toBe(true);
});
