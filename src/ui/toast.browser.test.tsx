import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles.css';
import { Dialog } from './dialog';
import { dismissToast, newestToastAction, type ToastOptions, Toasts, toast } from './toast';
import { readToasts } from './toast-store';

beforeEach(() =>
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'Date', 'performance'] }),
);
afterEach(() => {
  for (const { id } of readToasts()) dismissToast(id);
  vi.useRealTimers();
});

const shown = () => readToasts().map((record) => record.title);
/** React notices the time on its own schedule. */
async function pass(milliseconds: number) {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await new Promise((settle) => requestAnimationFrame(settle));
}

async function show(options: ToastOptions & { title: string }) {
  await render(<Toasts />);
  toast(options);
  await expect.element(page.getByText(options.title)).toBeVisible();
  await pass(0);
}

test('counts down its seconds and does the deed when they are over, once', async () => {
  const onTimeout = vi.fn<() => void>();
  await show({ title: 'Deleting 3 messages', countdown: true, onTimeout });
  await pass(1000);
  await expect.element(page.getByText('4', { exact: true })).toBeVisible();
  expect(onTimeout).not.toHaveBeenCalled();
  await pass(4250);
  await expect.poll(shown).toEqual([]);
  expect(onTimeout).toHaveBeenCalledTimes(1);
});

test('stands still while the mouse is over it or the focus in it', async () => {
  const onTimeout = vi.fn<() => void>();
  await show({
    title: 'Deleting 3 messages',
    countdown: true,
    onTimeout,
    action: { label: 'Undo', kbd: 'Z', onClick: () => {} },
  });
  const region = page.getByRole('region', { name: 'Notifications' });
  await userEvent.hover(page.getByText('Deleting 3 messages'));
  await pass(20_000);
  expect(onTimeout).not.toHaveBeenCalled();

  await userEvent.tab();
  await expect.element(page.getByRole('button', { name: 'Undo' })).toHaveFocus();
  await userEvent.unhover(page.getByText('Deleting 3 messages'));
  await pass(20_000);
  expect(onTimeout).not.toHaveBeenCalled();
  await expect.element(region).toBeVisible();

  (document.activeElement as HTMLElement).blur();
  await pass(0);
  await pass(5250);
  await expect.poll(() => onTimeout.mock.calls.length).toBe(1);
});

test('undo takes it away and the deed is not done', async () => {
  const onTimeout = vi.fn<() => void>();
  const undo = vi.fn<() => void>();
  const action = { label: 'Undo', kbd: 'Z', onClick: undo };
  await show({ title: 'Deleting 3 messages', countdown: true, onTimeout, action });
  // What is shown later with another key is not what Z means.
  toast({
    title: 'The lease ends',
    duration: 5000,
    action: { label: 'Extend', kbd: 'X', onClick: vi.fn<() => void>() },
  });
  newestToastAction('Z')?.();
  await expect.poll(shown).toHaveLength(1);
  await pass(10_000);
  expect(undo).toHaveBeenCalledTimes(1);
  expect(onTimeout).not.toHaveBeenCalled();
  expect(newestToastAction('Z')).toBeUndefined();
});

test('an error stays and interrupts; the rest goes by itself', async () => {
  await render(<Toasts />);
  toast({ title: 'The message was not deleted', tone: 'danger', duration: 1000 });
  toast({ title: 'Copied as curl, key left out', tone: 'success' });
  await expect.element(page.getByRole('alert')).toHaveTextContent('The message was not deleted');
  await expect.element(page.getByRole('status')).toHaveTextContent('Copied as curl, key left out');
  await pass(0);
  await pass(60_000);
  await expect.poll(shown).toEqual(['The message was not deleted']);
});

test('a fourth ends the oldest, as its time would have', () => {
  const onTimeout = vi.fn<() => void>();
  toast({ title: 'one', onTimeout });
  for (const title of ['two', 'three', 'four']) toast({ title });
  expect(shown()).toEqual(['two', 'three', 'four']);
  expect(onTimeout).toHaveBeenCalledTimes(1);
});

test('dismissing a toast above a dialog leaves the dialog open', async () => {
  vi.useRealTimers();
  const onClose = vi.fn<() => void>();
  await render(
    <>
      <Dialog title="Create queue" onClose={onClose}>
        <p>Name it</p>
      </Dialog>
      <Toasts />
    </>,
  );
  toast({ title: 'The queue was not created', tone: 'danger' });
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
  await expect.poll(shown).toEqual([]);
  expect(onClose).not.toHaveBeenCalled();
});

test('stands in the bottom left corner of main', async () => {
  vi.useRealTimers();
  await page.viewport(1000, 700);
  await render(
    <>
      <main style={{ position: 'fixed', left: 292, right: 0, top: 0, bottom: 28 }} />
      <Toasts />
    </>,
  );
  toast({ title: 'Copied' });
  await expect.element(page.getByText('Copied')).toBeVisible();
  await expect
    .poll(() => {
      const box = page.getByRole('region', { name: 'Notifications' }).element().getBoundingClientRect();
      return [box.left, 700 - box.bottom];
    })
    .toEqual([308, 40]);
});

const bottom = () =>
  Math.round(page.getByRole('region', { name: 'Notifications' }).element().getBoundingClientRect().bottom);

test('leaves the actions of a pane over main in sight, also of one that comes later', async () => {
  await page.viewport(1000, 700);
  await render(<main style={{ position: 'fixed', inset: '0 0 40px 300px' }} />);
  await show({ title: 'Copied as curl' });
  expect(bottom()).toBe(700 - 40 - 12);

  const pane = document.createElement('aside');
  pane.innerHTML = '<footer style="position:absolute;right:0;bottom:0;width:400px;height:120px"></footer>';
  document.querySelector('main')?.append(pane);
  await expect.poll(bottom).toBe(700 - 40 - 120 - 12);
  // Where the pane stands beside it, there is room below.
  await page.viewport(1400, 700);
  await expect.poll(bottom).toBe(700 - 40 - 12);
});

test('Esc in a toast ends it, as its time would have', async () => {
  const onTimeout = vi.fn<() => void>();
  await show({
    title: 'Deleting 3 messages',
    countdown: true,
    onTimeout,
    action: { label: 'Undo', onClick: vi.fn<() => void>() },
  });
  await userEvent.tab();
  await userEvent.keyboard('{Escape}');
  await expect.poll(shown).toEqual([]);
  expect(onTimeout).toHaveBeenCalledTimes(1);
});

test('its seconds are not spoken, and it is no dialog', async () => {
  await show({ title: 'Deleting 3 messages', countdown: true });
  const region = page.getByRole('region', { name: 'Notifications' });
  await expect.element(region).toHaveAttribute('aria-relevant', 'additions');
  await expect.element(region).toHaveAttribute('aria-live', 'polite');
  expect(document.querySelector('[role=dialog]')).toBeNull();
});
