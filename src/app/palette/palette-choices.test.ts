import { expect, test } from 'vitest';
import { type Choice, type Found, findChoices, MOST_OF_A_KIND } from './palette-choices';

const choice = (title: string, more: Partial<Choice> = {}): Choice => ({
  kind: 'queue',
  id: title,
  title,
  hint: '',
  run: () => {},
  ...more,
});
const titles = (found: readonly Found[]) => found.flatMap(({ items }) => items.map(({ title }) => title));

test('what begins with the text comes before what has a word that does, and before the rest', () => {
  const choices = ['reorders', 'new-orders', 'orders', 'thumbnails'].map((title) => choice(title));
  expect(titles(findChoices(choices, 'Ord'))).toEqual(['orders', 'new-orders', 'reorders']);
});

test('every word must be there, in any order', () => {
  const choices = ['Show or hide queues', 'Show or hide requests'].map((title) => choice(title));
  expect(titles(findChoices(choices, 'queues show'))).toEqual(['Show or hide queues']);
});

test('every command is shown, and queues are bounded and say how many more there are', () => {
  const commands = Array.from({ length: 200 }, (_, index) => choice(`Do ${index}`, { kind: 'command' }));
  const queues = Array.from({ length: 4000 }, (_, index) => choice(`queue-${index}`));
  const found = findChoices([...commands, ...queues], ' ');
  expect(found.map(({ kind, items, more }) => [kind, items.length, more])).toEqual([
    ['command', 200, 0],
    ['queue', MOST_OF_A_KIND, 4000 - MOST_OF_A_KIND],
  ]);
});

test('the kind with the best choice comes first, and among equals what can be done now', () => {
  const choices = [
    choice('Edit orders', { kind: 'command' }),
    choice('Orders off', { kind: 'command', isOff: true }),
    choice('Orders on', { kind: 'command' }),
    choice('orders'),
  ];
  expect(findChoices(choices, 'edit').map(({ kind }) => kind)).toEqual(['command']);
  expect(titles(findChoices(choices, 'orders'))).toEqual(['Orders on', 'Orders off', 'Edit orders', 'orders']);
  expect(findChoices(choices.slice(0, 1).concat(choice('orders')), 'orders').map(({ kind }) => kind)).toEqual([
    'queue',
    'command',
  ]);
});
