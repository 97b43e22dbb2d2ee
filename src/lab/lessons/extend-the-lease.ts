import { type Answer, answersTo, type Facts, receives } from '../film/facts';
import type { Lesson, Step } from './lesson';

const newReceipts = (facts: Facts) =>
  new Set(answersTo(facts, 'update', 'you').flatMap(({ reply }) => (reply.ok && reply.receipt ? [reply.receipt] : [])));
const deletes = (facts: Facts) => answersTo(facts, 'delete', 'you');
const wordsOf = ({ reply }: Answer) => (reply.ok ? String(reply.status) : `${reply.status} ${reply.code}`);

export const lesson: Lesson = {
  id: 'extend-the-lease',
  params: { rate: [0], workers: 0, vis: 30 },
  script: [{ at: 0, act: 'send' }],
  steps: [
    {
      title: 'Receive the order',
      until: (facts) => receives(facts, 'you').length > 0,
      watch: 'answers',
      seen: () => 'a receipt, good for 30 s',
      act: { act: 'receive' },
    },
    ...['Extend the lease', 'Extend it again', 'And once more'].map(
      (title, times): Step => ({
        title,
        until: (facts) => newReceipts(facts).size > times,
        watch: 'answers',
        seen: () => (times === 0 ? '204, with another receipt' : `${times + 1} new receipts, all different`),
        act: { act: 'extend' },
      }),
    ),
    {
      title: 'Delete with the first receipt',
      ask: {
        question: 'What does the first receipt open after an extension?',
        options: [
          { text: 'Nothing', holds: (facts) => deletes(facts).every(({ reply }) => !reply.ok) },
          {
            text: 'The message, as long as it is hidden',
            holds: (facts) => deletes(facts).some(({ reply }) => reply.ok),
          },
        ],
      },
      until: (facts) => deletes(facts).length > 0,
      watch: 'answers',
      seen: (facts) => deletes(facts).slice(0, 1).map(wordsOf).join(''),
      act: { act: 'deleteOld' },
    },
    {
      title: 'Delete with the newest receipt',
      until: (facts) => deletes(facts).some(({ reply }) => reply.ok),
      watch: 'answers',
      seen: () => '204',
      act: { act: 'delete' },
    },
  ],
  solution: [
    { at: 1000, act: 'receive' },
    { at: 20_000, act: 'extend' },
    { at: 40_000, act: 'extend' },
    { at: 60_000, act: 'extend' },
    { at: 62_000, act: 'deleteOld' },
    { at: 64_000, act: 'delete' },
  ],
};
