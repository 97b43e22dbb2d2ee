import { answersTo, type Facts, receives } from '../film/facts';
import type { Lesson } from './lesson';

const created = (facts: Facts) => answersTo(facts, 'create').find(({ reply }) => reply.ok);

export const lesson: Lesson = {
  id: 'first-message',
  params: { rate: [0], workers: 0 },
  bare: true,
  steps: [
    {
      title: 'Create the queue',
      until: (facts) => created(facts) !== undefined,
      watch: 'answers',
      seen: (facts) => `${created(facts)?.reply.status} answered`,
      act: { act: 'create' },
    },
    {
      title: 'Send an order',
      until: ({ orders }) => orders.visible?.length === 1,
      watch: 'peek',
      seen: ({ orders }) => `${orders.visible?.length} visible`,
      act: { act: 'send' },
    },
    {
      title: 'Receive it',
      say: 'Receive hides the message for 30 seconds and gives you a receipt.',
      until: (facts) => receives(facts, 'you').length > 0 && facts.orders.visible?.length === 0,
      watch: 'answers',
      seen: () => 'a receipt in the answer, peek shows nothing',
      act: { act: 'receive' },
    },
    {
      title: 'Ask for the count',
      ask: {
        question: 'You received it and have not deleted it yet. What does the count say?',
        options: [
          { text: '0: you have it now', holds: ({ orders }) => orders.about === 0 },
          { text: '1: it is still in the queue', holds: ({ orders }) => orders.about === 1 },
        ],
      },
      until: (facts) => answersTo(facts, 'count', 'you').length > 0,
      watch: 'count',
      seen: ({ orders }) => `count ${orders.about}`,
      act: { act: 'count' },
    },
    {
      title: 'Delete it',
      until: (facts) => answersTo(facts, 'delete', 'you').some(({ reply }) => reply.ok) && facts.orders.about === 0,
      watch: 'answers',
      seen: ({ orders }) => `204 answered, count ${orders.about}`,
      act: { act: 'delete' },
    },
  ],
  solution: [
    { at: 1000, act: 'create' },
    { at: 3000, act: 'send' },
    { at: 5000, act: 'receive' },
    { at: 7000, act: 'count' },
    { at: 9000, act: 'delete' },
  ],
};
