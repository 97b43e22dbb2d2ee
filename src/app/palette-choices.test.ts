import { expect, test } from 'vitest';
import { type Choice, findChoices, MOST_CHOICES } from './palette-choices';

const choice = (title: string): Choice => ({ kind: 'queue', id: title, title, hint: '', run: () => {} });
const titles = (found: readonly Choice[]) => found.map(({ title }) => title);

test('what begins with the text comes before what has a word that does, and before the rest', () => {
  const choices = ['reorders', 'new-orders', 'orders', 'thumbnails'].map(choice);
  expect(titles(findChoices(choices, 'Ord'))).toEqual(['orders', 'new-orders', 'reorders']);
});

test('every word must be there, in any order', () => {
  const choices = ['Show or hide queues', 'Show or hide requests'].map(choice);
  expect(titles(findChoices(choices, 'queues show'))).toEqual(['Show or hide queues']);
});

test('without a text all are offered in their order, up to fifty', () => {
  const many = Array.from({ length: 60 }, (_, index) => choice(`queue-${index}`));
  expect(titles(findChoices(many, ' '))).toEqual(titles(many).slice(0, MOST_CHOICES));
});
