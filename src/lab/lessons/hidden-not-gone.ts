import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';

const sawNothing = (facts: Facts) => answersTo(facts, 'peek', 'you').some((answer) => messagesOf(answer).length === 0);

export const lesson: Lesson = {
  id: 'hidden-not-gone',
  params: { rate: [0], workers: 0, batch: 32, vis: 60, work: 100 },
  script: [
    { at: 0, act: 'burst', count: 5 },
    { at: 1000, act: 'addWorker' },
  ],
  steps: [
    {
      title: 'A worker takes all five',
      until: (facts) => receives(facts, 'worker 1').some((answer) => messagesOf(answer).length === 5),
      watch: 'answers',
      seen: () => '5 messages in one answer, hidden for 60 s',
    },
    {
      title: 'Peek',
      until: sawNothing,
      watch: 'peek',
      seen: () => 'peek shows nothing',
      act: { act: 'peek' },
    },
    {
      title: 'Ask for the count',
      ask: {
        question: 'The list is empty. Is the queue?',
        options: [
          { text: 'Yes, the count is 0', holds: ({ orders }) => orders.about === 0 },
          { text: 'No, the count is 5', holds: ({ orders }) => orders.about === 5 },
        ],
      },
      until: (facts) => answersTo(facts, 'count', 'you').length > 0,
      watch: 'count',
      seen: ({ orders }) => `count ${orders.about}, peek shows ${orders.visible?.length}`,
      act: { act: 'count' },
    },
    {
      title: 'Let the leases end',
      until: ({ orders }) => orders.visible?.length === 5,
      watch: 'peek',
      seen: () => 'peek shows 5 again, and nobody sent a request',
    },
  ],
  solution: [
    { at: 2000, act: 'peek' },
    { at: 4000, act: 'count' },
  ],
};
