import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import { readOrder } from '../run/order';
import type { Lesson } from './lesson';

const mostTries = (facts: Facts) =>
  Math.max(0, ...receives(facts).flatMap((one) => messagesOf(one).map(({ count }) => count)));
const poisoned = ({ poison }: Facts) => (poison.visible ?? []).map(({ text }) => readOrder(text).order);
const ordersSent = (facts: Facts) =>
  new Set(answersTo(facts, 'send', 'you').map(({ request }) => readOrder(request.text).order));
/** An order that was copied and is in its first queue as well. */
const inBoth = (facts: Facts) => poisoned(facts).length === 2 && facts.orders.about === 1;
const redriven = (facts: Facts) => answersTo(facts, 'delete', 'you').some(({ reply }) => reply.ok);

export const lesson: Lesson = {
  id: 'poison',
  params: { rate: [0], workers: 1, bad: 1, tries: 0, vis: 10, work: 2, poll: [0.25, 1] },
  steps: [
    {
      title: 'Send the order',
      until: ({ orders }) => orders.visible?.length === 1,
      watch: 'peek',
      seen: () => '1 visible',
      act: { act: 'send' },
    },
    {
      title: 'Let it fail eight times',
      ask: {
        question: 'Nobody wrote a rule. After how many tries does Azure move it?',
        options: [
          { text: 'After 5', holds: (facts) => poisoned(facts).length > 0 },
          { text: 'Never', holds: (facts) => poisoned(facts).length === 0 },
        ],
      },
      until: (facts) => mostTries(facts) >= 8,
      watch: 'answers',
      seen: (facts) => `dequeue count ${mostTries(facts)}, orders-poison is empty`,
    },
    {
      title: 'Give the worker a rule: 5 tries',
      until: (facts) => poisoned(facts).length === 1 && facts.orders.about === 0,
      watch: 'peek',
      seen: () => '1 in orders-poison, 0 in orders',
      act: { act: 'set', name: 'tries', value: 5 },
    },
    {
      title: 'Send another broken order',
      until: (facts) => ordersSent(facts).size >= 2 && facts.orders.about === 1,
      watch: 'count',
      seen: () => 'count 1',
      act: { act: 'send' },
    },
    {
      title: 'Have the worker crash while it moves it',
      say: 'After the copy, before the delete.',
      until: inBoth,
      watch: 'peek',
      seen: () => 'it is in both queues: nothing is lost',
      act: { act: 'slip' },
    },
    {
      title: 'Send one back',
      say: 'A new message with the same text, then the delete of the old one.',
      until: redriven,
      watch: 'answers',
      seen: () => 'a new id, and its dequeue count begins at 0',
      act: { act: 'redrive' },
    },
  ],
  solution: [
    { at: 1000, act: 'send' },
    { at: 95_000, act: 'set', name: 'tries', value: 5 },
    { at: 110_000, act: 'send' },
    { at: 112_000, act: 'slip' },
    { at: 200_000, act: 'redrive' },
  ],
};
