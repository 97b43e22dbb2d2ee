import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import '../styles.css';
import type { Action } from '@/actions/action';
import { useCommands } from '@/state/navigation/commands';
import { closeDialog, currentDialog, type OpenDialog, openDialog } from '@/state/navigation/open-dialog';
import { Dialog } from '@/ui/overlay/dialog';
import { DIALOG, lazyPart } from '@/ui/parts/lazy-part';
import { useKeys } from './bindings';
import { Dialogs } from './dialogs';

const { late, sent } = vi.hoisted(() => ({
  late: { part: Promise.withResolvers<void>() },
  sent: vi.fn<(text: string) => void>(),
}));

// In place of all dialogs one that is not there before the test says so.
vi.mock('./open-dialog', () => ({ default: LateDialog }));

function LateDialog(props: { open: OpenDialog }) {
  const [Part] = useState(() => lazyPart(() => late.part.promise.then(() => ItsDialog), DIALOG));
  return <Part {...props} onClose={closeDialog} />;
}

function ItsDialog({ open }: { open: OpenDialog; onClose: () => void }) {
  const [text, setText] = useState('');
  return (
    <Dialog title={open.kind} onClose={closeDialog} footer={<button type="button">Other</button>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent(text);
          closeDialog();
        }}
      >
        <input aria-label="Field" value={text} onChange={(event) => setText(event.target.value)} />
        <input aria-label="Second" />
        <button type="submit">Send</button>
      </form>
    </Dialog>
  );
}

let ran: string[] = [];
/** All letters and what else acts on a page: none of them may while something opens. */
const SINGLE = [...'abcdefghijklmnopqrstuvwxyz0123456789/[]?'.split(''), 'Delete', 'ArrowDown', 'ArrowLeft', 'F6'];
let opens: OpenDialog['kind'] = 'commands';

function Page() {
  useCommands([
    ...SINGLE.map((key) => ({
      id: key,
      title: key,
      group: 'View' as const,
      keys: [key],
      run: () => void ran.push(key),
    })),
    {
      id: 'opener',
      title: 'Opener',
      group: 'View',
      keys: ['$mod+k'],
      run: () => openDialog({ kind: opens, connectionId: 'c', queue: 'orders' } as OpenDialog),
    },
  ]);
  useKeys();
  return (
    <>
      <main>
        <button type="button" onClick={() => void ran.push('click')}>
          On the page
        </button>
        <input aria-label="Behind" />
      </main>
      <Dialogs />
    </>
  );
}

const behind = page.getByRole('button', { name: 'On the page' });
const field = page.getByRole('textbox', { name: 'Field' });
const second = page.getByRole('textbox', { name: 'Second' });
const open = () => userEvent.keyboard('{Control>}k{/Control}');
const comes = () => late.part.resolve();

const frames = async (count: number) => {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
};

beforeEach(async () => {
  // What the test before opened is gone.
  await frames(5);
  ran = [];
  opens = 'commands';
  late.part = Promise.withResolvers();
  await render(<Page />);
  behind.element().focus();
});
afterEach(() => {
  closeDialog();
  sent.mockClear();
});

const modules = import.meta.glob<Record<string, Record<string, Action>>>('../actions/*-actions.{ts,tsx}', {
  eager: true,
});
const OPENED = new Set(
  Object.values(modules).flatMap((tables) =>
    Object.values(tables).flatMap((table) =>
      typeof table === 'object' ? Object.values(table).flatMap((action) => action.opens ?? []) : [],
    ),
  ),
);

test.each([...OPENED])('what is typed after the key that opens %s is typed into it', async (kind) => {
  opens = kind;
  await open();
  await userEvent.keyboard('delete queue 12');
  expect(currentDialog()?.kind).toBe(kind);
  expect(ran).toEqual([]);
  comes();
  await expect.element(field).toHaveValue('delete queue 12');
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('3');
  await expect.element(field).toHaveValue('delete queue 123');
  expect(ran).toEqual([]);
});

test('the table has all its openers', () => {
  expect(OPENED.size).toBeGreaterThan(20);
});

test('keys of editing are given in their order', async () => {
  await open();
  await userEvent.keyboard(
    'ordres{Backspace}{Backspace}{Backspace}ers{ArrowLeft}{Home}X{End}!{Tab}two{Shift>}{Tab}{/Shift}',
  );
  comes();
  await expect.element(second).toHaveValue('two');
  await expect.element(field).toHaveValue('Xorders!');
  await expect.element(field).toHaveFocus();
});

test('Enter in its field submits by the button of the form', async () => {
  await open();
  await userEvent.keyboard('paid{Enter}');
  expect(sent).not.toHaveBeenCalled();
  comes();
  await expect.poll(() => sent.mock.calls).toEqual([['paid']]);
});

test('no Space and no Enter presses a button, of the page or of what opens', async () => {
  await open();
  await userEvent.keyboard(' {Tab}{Tab}{Enter} ');
  comes();
  await expect.element(page.getByRole('button', { name: 'Send' })).toHaveFocus();
  await frames(10);
  expect(sent).not.toHaveBeenCalled();
  expect(ran).toEqual([]);
  await expect.element(field).toHaveValue(' ');
});

test('Esc calls it off: nothing acts, the keys are gone, and the focus is where it was', async () => {
  await open();
  await userEvent.keyboard('n2l{Escape}');
  expect(currentDialog()).toBeUndefined();
  comes();
  await expect.element(behind).toHaveFocus();
  await userEvent.keyboard('x');
  expect(ran).toEqual(['x']);
  await expect.element(field).not.toBeInTheDocument();
});

test('a part that does not come gets no keys, and none acts on the page', async () => {
  await open();
  await userEvent.keyboard('n2l');
  late.part.promise.catch(() => {});
  late.part.reject(new TypeError('Failed to fetch dynamically imported module'));
  await expect.element(page.getByRole('alertdialog', { name: 'This part did not arrive' })).toBeVisible();
  await userEvent.keyboard('n2l');
  expect(ran).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(behind).toHaveFocus();
  await userEvent.keyboard('e');
  expect(ran).toEqual(['e']);
});

test('a field of the page is not typed into either', async () => {
  page.getByRole('textbox', { name: 'Behind' }).element().focus();
  await open();
  await userEvent.keyboard('abc');
  await expect.element(page.getByRole('textbox', { name: 'Behind' })).toHaveValue('');
  comes();
  await expect.element(field).toHaveValue('abc');
});

test('a key that is held down is kept a few hundred times at most', async () => {
  await open();
  await userEvent.keyboard('{a>400/}');
  comes();
  await expect.poll(() => field.element().getAttribute('value')?.length ?? 0).toBe(300);
});

test.each([
  ['what is composed by an input method', { key: 'a', isComposing: true }],
  ['the key that ends a word, which Safari gives after it,', { key: 'Enter', keyCode: 229 }],
])('%s is left alone', async (_, key) => {
  await open();
  const composed = new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true });
  expect(document.activeElement?.dispatchEvent(composed)).toBe(true);
  comes();
  await expect.element(field).toHaveFocus();
  await expect.element(field).toHaveValue('');
});

test('a key that is pressed in the instant in which the page is there for the first time does what it does', async () => {
  await cleanup();
  const place = document.body.appendChild(document.createElement('div'));
  const isThere = new Promise<void>((resolve) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
      resolve();
    }).observe(place, { childList: true });
  });
  const root = createRoot(place);
  root.render(<Page />);
  await isThere;
  expect(ran).toEqual(['n']);
  root.unmount();
  place.remove();
});
