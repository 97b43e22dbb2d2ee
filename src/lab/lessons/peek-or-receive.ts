import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';

const peeks = (facts: Facts) => answersTo(facts, 'peek', 'you').map(messagesOf);
/** A peek that found so many messages, none of which anyone had received. */
const sawUntouched = (facts: Facts, count: number) =>
  peeks(facts).some((seen) => seen.length === count && seen.every((message) => message.count === 0));

export const lesson: Lesson = {
  id: 'peek-or-receive',
  params: { rate: [0], workers: 0 },
  script: [{ at: 0, act: 'burst', count: 3 }],
  steps: [
    {
      title: 'Peek',
      say: 'The other one peeks as well, each time that something happens.',
      until: (facts) => sawUntouched(facts, 3) && facts.orders.visible?.length === 3,
      watch: 'peek',
      seen: () => 'both see 3 messages, each with dequeue count 0',
      act: { act: 'peek' },
    },
    {
      title: 'Receive one',
      ask: {
        question: 'You receive one. What does the other one see when it peeks?',
        options: [
          { text: 'All 3', holds: ({ orders }) => orders.visible?.length === 3 },
          { text: '2', holds: ({ orders }) => orders.visible?.length === 2 },
          { text: 'None', holds: ({ orders }) => orders.visible?.length === 0 },
        ],
      },
      until: (facts) => receives(facts, 'you').length > 0,
      watch: 'peek',
      seen: ({ orders }) => `the other one sees ${orders.visible?.length}`,
      act: { act: 'receive' },
    },
    {
      title: 'Peek again',
      until: (facts) => sawUntouched(facts, 2),
      watch: 'peek',
      seen: () => 'you see 2 as well, and their dequeue counts are still 0',
      act: { act: 'peek' },
    },
  ],
  solution: [
    { at: 1000, act: 'peek' },
    { at: 3000, act: 'receive' },
    { at: 5000, act: 'peek' },
  ],
};
