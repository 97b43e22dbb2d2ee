import { expect, test } from 'vitest';
import { type Action, commandOf } from '@/actions/action';
import { row } from '@/actions/message.fixture';
import type { MessageSubject } from '@/actions/message-actions';
import { type AnyCommand, allCommands, whyNotNow } from './all-commands';

/** Every exported table of actions: one that is added is held to the same. */
const modules = import.meta.glob<Record<string, unknown>>('../../actions/*-actions.{ts,tsx}', { eager: true });
const isAction = (value: unknown): value is Action =>
  typeof value === 'object' && value !== null && 'id' in value && 'label' in value && 'group' in value;
const ACTIONS = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .flatMap((table) => Object.values(table as object).filter(isAction));

const at = { connectionId: 'harborlane', queue: 'orders', isOneQueue: false };
const open = row('0b1f6c4e-1111');
const on = { ...at, rows: [open], open, isSelection: undefined, screen: {} } as unknown as MessageSubject;
const nowhere = allCommands({ registered: [], on: undefined, at: undefined });
const onQueue = allCommands({ registered: [], on, at });
const find = (commands: readonly AnyCommand[], id: string) => commands.find((one) => one.id === id);

test.each([
  ['nowhere', nowhere],
  ['on a queue', onQueue],
])('%s, no action of the table is missing, each has a name of its own, and its keys', (_, commands) => {
  expect(ACTIONS.length).toBeGreaterThan(120);
  expect(commands.map(({ id }) => id).toSorted()).toEqual(ACTIONS.map(({ id }) => id).toSorted());
  for (const action of ACTIONS) expect(find(commands, action.id)?.keys).toEqual(action.keys);
  const titles = commands.map(({ title }) => title);
  expect(titles.filter((title) => title.trim() === '' || title.includes('undefined'))).toEqual([]);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test('what cannot be done says why, and what can be done does something', () => {
  for (const { id, reason } of nowhere) expect([id, reason]).toEqual([id, expect.stringMatching(/^[A-Z].{7,}/)]);
  const possible = onQueue.filter(({ reason }) => reason === undefined).map(({ id }) => id);
  expect(possible).toEqual(
    expect.arrayContaining([
      'queue.clear',
      'queue.delete',
      'queue.metadata',
      'queue.move',
      'queue.copy',
      'queue.changeText',
      'queue.setVisibility',
      'queue.sendCopies',
      'queue.work',
      'messages.refresh',
      'messages.live',
      'messages.import',
      'messages.export',
      'receive.one',
      'receive.some',
      'receive.most',
      'leasing.lease',
      'messages.edit',
    ]),
  );
  const doing = new Map(ACTIONS.map((action) => [action.id, action]));
  for (const id of possible.filter((one) => !one.startsWith('leasing.')))
    expect([id, doing.get(id)?.run !== undefined || doing.get(id)?.opens !== undefined]).toEqual([id, true]);
});

test('what makes no sense here, or has nothing to do, says why in words of its own', () => {
  const conditional = ACTIONS.filter(({ isOffered, isEnabled }) => isOffered !== undefined || isEnabled !== undefined);
  const wordless = conditional.filter(({ id }) => whyNotNow(id) === 'Not now').map(({ id }) => id);
  expect(wordless).toEqual([]);
  expect(find(onQueue, 'messages.undo')?.reason).toBe('There is nothing to undo now');
  expect(find(onQueue, 'queue.redrive')?.reason).toBe('Only what is in a poison queue is redriven');
});

test('what is registered on screen is taken from there, with the reason that it has', () => {
  const add = ACTIONS.find(({ id }) => id === 'messages.add');
  if (!add) throw new Error('messages.add is no action');
  const registered = [{ ...commandOf(add, at), reason: 'This SAS may not add' }];
  expect(find(allCommands({ registered, on, at }), 'messages.add')?.reason).toBe('This SAS may not add');
});

test('each says what it is about: the queue, the message, or how many are selected', () => {
  expect(find(onQueue, 'queue.clear')?.about).toBe('orders');
  expect(find(onQueue, 'messages.delete')?.about).toBe('Message 0b1f6c4e');
  const selected = { ...on, rows: [row('a'), row('b')], isSelection: true };
  expect(find(allCommands({ registered: [], on: selected, at }), 'messages.delete')?.about).toBe('2 selected');
});
