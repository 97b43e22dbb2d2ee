import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Command } from '@/state/navigation/commands';
import { createKeyHandler } from './bindings';

let ran: string[] = [];
let facts = { singleKeys: true, dialogOpen: false };
let stop = () => {};

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'View',
  keys,
  run: () => ran.push(id),
  ...more,
});
const commands = [
  command('peek', ['1']),
  command('edit', ['e']),
  command('connection 1', ['g 1']),
  command('explorer', ['g e']),
  command('palette', ['$mod+k']),
  command('select all', ['$mod+a']),
  command('shortcuts', ['Shift+?']),
  command('drawer', ['Backquote']),
  command('next pane', ['F6']),
  command('open', ['Enter']),
  command('next', ['j', 'ArrowDown']),
  command('filter', ['/']),
  command('on', ['PageDown']),
  command('sidebar', ['[']),
  command('release', ['u'], { enabled: false }),
];

beforeEach(() => {
  ran = [];
  facts = { singleKeys: true, dialogOpen: false };
  const handler = createKeyHandler(() => ({ commands, ...facts }));
  addEventListener('keydown', handler);
  stop = () => removeEventListener('keydown', handler);
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function focused<Element extends HTMLElement>(element: Element) {
  document.body.append(element);
  element.focus();
  return element;
}

test('a slider keeps all its keys, letters included', async () => {
  focused(Object.assign(document.createElement('input'), { type: 'range' }));
  await userEvent.keyboard('e1j{ArrowDown}{Home}{Enter}');
  expect(ran).toEqual([]);
});

test('a key runs its command', async () => {
  await userEvent.keyboard('e');
  await userEvent.keyboard('{Shift>}?{/Shift}');
  await userEvent.keyboard('`');
  expect(ran).toEqual(['edit', 'shortcuts', 'drawer']);
});

test('a sequence wins over the single key it ends with', async () => {
  await userEvent.keyboard('ge');
  await userEvent.keyboard('g1');
  expect(ran).toEqual(['explorer', 'connection 1']);
  await userEvent.keyboard('1');
  expect(ran.at(-1)).toBe('peek');
});

test.each(['input', 'textarea', 'select'] as const)('no single key fires in a field: %s', async (name) => {
  focused(document.createElement(name));
  await userEvent.keyboard('e1');
  expect(ran).toEqual([]);
});

test('no single key fires where text is edited inside a shadow root', async () => {
  const host = document.createElement('div');
  document.body.append(host);
  const editor = document.createElement('div');
  editor.contentEditable = 'true';
  host.attachShadow({ mode: 'open' }).append(editor);
  editor.focus();
  await userEvent.keyboard('e');
  expect(ran).toEqual([]);
});

test('a field keeps the combinations that edit text and gives the others away', async () => {
  focused(document.createElement('input'));
  await userEvent.keyboard('{Control>}a{/Control}');
  await userEvent.keyboard('{Control>}k{/Control}');
  expect(ran).toEqual(['palette']);
});

test('a checkbox is no text field, but works with its own keys', async () => {
  const box = focused(document.createElement('input'));
  box.type = 'checkbox';
  await userEvent.keyboard('e');
  await userEvent.keyboard('{Enter}');
  expect(ran).toEqual(['edit']);
});

test('nothing fires while a dialog is open', async () => {
  facts = { singleKeys: true, dialogOpen: true };
  await userEvent.keyboard('e');
  await userEvent.keyboard('{Control>}k{/Control}');
  expect(ran).toEqual([]);
});

test('single keys can be turned off; combinations and F keys stay', async () => {
  facts = { singleKeys: false, dialogOpen: false };
  await userEvent.keyboard('e');
  await userEvent.keyboard('ge');
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('{F6}');
  expect(ran).toEqual(['palette', 'next pane']);
});

test('a disabled command stays inert, and what someone handled already is left alone', async () => {
  await userEvent.keyboard('u');
  const button = focused(document.createElement('button'));
  button.addEventListener('keydown', (event) => event.preventDefault());
  await userEvent.keyboard('e');
  expect(ran).toEqual([]);
});

/** As a keyboard of another layout reports it. */
const typed = (key: string, modifiers: KeyboardEventInit) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }),
  );

test('marks work however a layout types them: Shift 7, AltGr 8', () => {
  typed('/', { code: 'Digit7', shiftKey: true });
  typed('[', { code: 'Digit8', ctrlKey: true, altKey: true, modifierAltGraph: true });
  typed('?', { code: 'Minus', shiftKey: true });
  expect(ran).toEqual(['filter', 'sidebar', 'shortcuts']);
});

test('what AltGr types into a field is text', () => {
  focused(document.createElement('input'));
  typed('[', { code: 'Digit8', ctrlKey: true, altKey: true, modifierAltGraph: true });
  expect(ran).toEqual([]);
});

test('arrows go on anywhere but where they scroll or choose', async () => {
  await userEvent.keyboard('{ArrowDown}');
  const scroller = document.createElement('div');
  scroller.tabIndex = 0;
  focused(scroller);
  await userEvent.keyboard('{ArrowDown}');
  await userEvent.keyboard('j');
  expect(ran).toEqual(['next', 'next']);
});

test('Ctrl A selects all when nothing else has the focus', async () => {
  await userEvent.keyboard('{Control>}a{/Control}');
  const region = document.createElement('div');
  region.tabIndex = 0;
  focused(region);
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(ran).toEqual(['select all']);
});

test('a key that ran a command goes no further', async () => {
  const later = vi.fn<() => void>();
  addEventListener('keydown', later);
  await userEvent.keyboard('{F6}');
  await userEvent.keyboard('y');
  removeEventListener('keydown', later);
  expect(later).toHaveBeenCalledTimes(1);
});

test('an open menu is searched by typing; one that is closing gives the keys back', async () => {
  const menu = document.createElement('div');
  menu.role = 'menu';
  menu.tabIndex = -1;
  focused(menu);
  await userEvent.keyboard('e');
  expect(ran).toEqual([]);
  menu.dataset.closed = '';
  await userEvent.keyboard('e');
  expect(ran).toEqual(['edit']);
});

test('what a clicker sends goes on though a button or a choice has the focus, and scrolls what scrolls', async () => {
  const choice = document.createElement('button');
  choice.setAttribute('role', 'radio');
  for (const one of [document.createElement('button'), choice]) {
    focused(one);
    await userEvent.keyboard('{PageDown}');
  }
  expect(ran).toEqual(['on', 'on']);
  const list = document.createElement('div');
  list.tabIndex = 0;
  focused(list);
  await userEvent.keyboard('{PageDown}');
  focused(document.createElement('input'));
  await userEvent.keyboard('{PageDown}');
  expect(ran).toEqual(['on', 'on']);
});
