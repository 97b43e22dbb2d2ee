import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { Dialog } from './dialog';
import { Toasts } from './toast';
import { dismissToast, newestToastAction, putStandingNote, readToasts, type ToastOptions, toast } from './toast-store';

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

const extend = { label: 'Extend', kbd: 'X', onClick: vi.fn<() => void>() };

test('a toast ends by itself, and waits while the mouse is over it or the focus in it', async () => {
  await show({ title: 'Message added', duration: 5000, action: extend });
  await userEvent.hover(page.getByText('Message added'));
  await pass(20_000);
  expect(shown()).toEqual(['Message added']);

  await userEvent.tab();
  await expect.element(page.getByRole('button', { name: 'Extend' })).toHaveFocus();
  await userEvent.unhover(page.getByText('Message added'));
  await pass(20_000);
  expect(shown()).toEqual(['Message added']);

  (document.activeElement as HTMLElement).blur();
  await pass(0);
  await pass(5250);
  await expect.poll(shown).toEqual([]);
});

test('the key of a toast runs its action and dismisses it', async () => {
  const onClick = vi.fn<() => void>();
  await show({ title: 'Message added', action: { label: 'Undo', kbd: 'Z', onClick } });
  // What is shown later with another key is not what Z means.
  toast({ title: 'The lease ends', action: extend });
  newestToastAction('Z')?.();
  await expect.poll(shown).toEqual(['The lease ends']);
  expect(onClick).toHaveBeenCalledTimes(1);
  expect(newestToastAction('Z')).toBeUndefined();
});

test('toasts that say the same in a row are one with their number, and its key undoes the last of them', async () => {
  await render(<Toasts />);
  const undone: number[] = [];
  const add = (number: number) =>
    toast({ title: 'Message added', action: { label: 'Undo', kbd: 'Z', onClick: () => void undone.push(number) } });
  for (const number of [1, 2, 3]) add(number);
  expect(shown()).toEqual(['Message added × 3']);
  await expect.element(page.getByText('Message added × 3')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Undo the last' })).toBeVisible();
  newestToastAction('Z')?.();
  expect(shown()).toEqual(['Message added × 2']);
  newestToastAction('Z')?.();
  expect(shown()).toEqual(['Message added']);
  newestToastAction('Z')?.();
  expect([shown(), undone]).toEqual([[], [3, 2, 1]]);
  // Another one between them, another detail, or another tone says something else.
  toast({ title: 'Copied' });
  toast({ title: 'Copied', detail: 'as curl' });
  toast({ title: 'Copied', tone: 'danger' });
  expect(shown()).toEqual(['Copied', 'Copied', 'Copied']);
});

const button = (name: string) => page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name });

describe('the standing note', () => {
  const undo = vi.fn<() => void>();
  const note = (title: string, since = Date.now()) => ({
    content: <button type="button">{title}</button>,
    action: { kbd: 'Z', onClick: undo },
    since,
  });
  afterEach(() => {
    putStandingNote(undefined);
    undo.mockReset();
  });

  test('is not counted among the toasts, and ended by none of them', async () => {
    await render(<Toasts />);
    toast({ title: 'one' });
    putStandingNote(note('Deleting'));
    for (const title of ['two', 'three']) toast({ title });
    expect(shown()).toEqual(['one', 'two', 'three']);
    for (const title of ['four', 'five', 'six']) toast({ title });
    await pass(60_000);
    await expect.element(button('Deleting')).toBeVisible();
    expect(shown()).toEqual([]);
    putStandingNote(undefined);
    await expect.element(button('Deleting')).not.toBeInTheDocument();
  });

  test('leaves the clocks of toasts going when the focus is in it', async () => {
    await show({ title: 'Copied', duration: 5000 });
    putStandingNote(note('Deleting'));
    await expect.element(button('Deleting')).toBeVisible();
    (button('Deleting').element() as HTMLElement).focus();
    await pass(6000);
    await expect.poll(shown).toEqual([]);
  });

  test('Z means the latest of both', () => {
    const remove = vi.fn<() => void>();
    putStandingNote(note('Deleting'));
    vi.advanceTimersByTime(10);
    toast({ title: 'Message added', action: { label: 'Undo', kbd: 'Z', onClick: remove } });
    newestToastAction('Z')?.();
    expect([undo.mock.calls.length, remove.mock.calls.length]).toEqual([0, 1]);

    toast({ title: 'Message added', action: { label: 'Undo', kbd: 'Z', onClick: remove } });
    vi.advanceTimersByTime(10);
    putStandingNote(note('Deleting'));
    newestToastAction('Z')?.();
    expect([undo.mock.calls.length, remove.mock.calls.length]).toEqual([1, 1]);
  });

  test('can be pressed above a dialog, which stays', async () => {
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
    putStandingNote({
      ...note(''),
      content: (
        <button type="button" className="pointer-events-auto" onClick={undo}>
          Undo
        </button>
      ),
    });
    await button('Undo').click();
    expect(undo).toHaveBeenCalledTimes(1);
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.unhover(button('Undo'));
  });
});

test('an error stays and interrupts; other toasts end by themselves', async () => {
  await render(<Toasts />);
  toast({ title: 'The message was not deleted', tone: 'danger', duration: 1000 });
  toast({ title: 'Copied as curl, key left out', tone: 'success' });
  await expect.element(page.getByRole('alert')).toHaveTextContent('The message was not deleted');
  await expect.element(page.getByRole('status')).toHaveTextContent('Copied as curl, key left out');
  await pass(0);
  await pass(60_000);
  await expect.poll(shown).toEqual(['The message was not deleted']);
});

test('a fourth ends the oldest, one that stays only where all stay', () => {
  for (const title of ['one', 'two', 'three', 'four']) toast({ title });
  expect(shown()).toEqual(['two', 'three', 'four']);
  toast({ title: 'No network', duration: 0 });
  toast({ title: 'Not saved', tone: 'danger' });
  for (const title of ['five', 'six']) toast({ title });
  expect(shown()).toEqual(['No network', 'Not saved', 'six']);
  for (const title of ['Not moved', 'Not sent']) toast({ title, tone: 'danger' });
  expect(shown()).toEqual(['Not saved', 'Not moved', 'Not sent']);
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

test('a toast is in the bottom left corner of main', async () => {
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

test('leaves a menu in sight, also one that gets its place after it came', async () => {
  vi.useRealTimers();
  await page.viewport(1000, 700);
  await render(
    <>
      <main style={{ position: 'fixed', inset: '0 0 40px 300px' }} />
      <div role="menu" aria-label="Late" style={{ position: 'fixed', left: 0, top: 0, width: 300, height: 100 }} />
      <Toasts />
    </>,
  );
  toast({ title: 'Copied' });
  await expect.poll(bottom).toBe(700 - 40 - 12);
  // Nothing else moves any more.
  await expect.poll(() => document.getAnimations().filter(({ playState }) => playState !== 'finished')).toEqual([]);
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  const menu = page.getByRole('menu', { name: 'Late' }).element() as HTMLElement;
  menu.style.transform = 'translate(310px, 560px)';
  await expect.poll(bottom).toBe(560 - 12);
});

test('Esc in a toast ends it', async () => {
  await show({ title: 'Message added', action: extend });
  await userEvent.tab();
  await userEvent.keyboard('{Escape}');
  await expect.poll(shown).toEqual([]);
});

test('a new toast is announced once, and it is no dialog', async () => {
  await show({ title: 'Copied' });
  const region = page.getByRole('region', { name: 'Notifications' });
  // The toast is a live region, and is in none.
  await expect.element(region.getByRole('status')).toHaveTextContent('Copied');
  await expect.element(region).toHaveAttribute('aria-live', 'off');
  expect(document.querySelector('[role=dialog]')).toBeNull();
});
