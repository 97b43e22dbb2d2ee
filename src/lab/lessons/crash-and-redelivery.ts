import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';

const countsReceived = (facts: Facts) =>
  receives(facts).flatMap((answer) => messagesOf(answer).map(({ count }) => count));

export const lesson: Lesson = {
  id: 'crash-and-redelivery',
  params: { rate: [0], workers: 2, vis: 30, work: 8 },
  steps: [
    {
      title: 'Send an order',
      until: ({ orders }) => orders.visible?.length === 1,
      watch: 'peek',
      seen: () => '1 visible',
      act: { act: 'send' },
    },
    {
      title: 'Let a worker receive it',
      until: (facts) => countsReceived(facts).includes(1) && facts.orders.visible?.length === 0,
      watch: 'answers',
      seen: () => 'hidden for 30 s, dequeue count 1',
    },
    {
      title: 'Crash that worker',
      until: ({ crashes }) => crashes.length > 0,
      watch: 'answers',
      seen: ({ crashes }) => `${crashes[0]?.actor} sent no delete`,
      act: { act: 'crash', worker: 0 },
    },
    {
      title: 'Predict, then let the lease end',
      ask: {
        question: 'The lease ends. And then?',
        options: [
          { text: 'It is gone: the worker took it', holds: ({ orders }) => orders.about === 0 },
          { text: 'It moves to orders-poison', holds: ({ poison }) => poison.visible?.length === 1 },
          {
            text: 'It is visible again, and its count is still 1',
            holds: ({ orders }) => orders.visible?.[0]?.count === 1,
          },
          { text: 'It is visible again, and its count is 2', holds: ({ orders }) => orders.visible?.[0]?.count === 2 },
        ],
      },
      until: ({ orders, poison }) => orders.visible?.length === 1 || orders.about === 0 || poison.visible?.length === 1,
      watch: 'peek',
      seen: ({ orders }) => `visible, dequeue count ${orders.visible?.[0]?.count}`,
    },
    {
      title: 'Let a worker finish the order',
      until: (facts) => countsReceived(facts).includes(2) && answersTo(facts, 'delete').some(({ reply }) => reply.ok),
      watch: 'answers',
      seen: () => 'deleted by the worker that saw dequeue count 2',
    },
  ],
  solution: [
    { at: 1000, act: 'send' },
    { at: 6000, act: 'crash', worker: 0 },
  ],
};
