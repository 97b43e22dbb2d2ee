import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';

const NOTE = '1 of 3';
const visibleText = ({ orders }: Facts) => orders.visible?.[0]?.text;
const visibleCount = ({ orders }: Facts) => orders.visible?.[0]?.count;
const updates = (facts: Facts) => answersTo(facts, 'update', 'you').filter(({ reply }) => reply.ok);
const readByNext = (facts: Facts) =>
  receives(facts, 'you').some((answer) =>
    messagesOf(answer).some(({ text, count }) => count >= 2 && text.includes(NOTE)),
  );

export const lesson: Lesson = {
  id: 'note-to-the-next-worker',
  params: { rate: [0], workers: 0, vis: 30 },
  script: [{ at: 0, act: 'send' }],
  steps: [
    {
      title: 'Receive the order',
      until: (facts) => receives(facts, 'you').length > 0,
      watch: 'answers',
      seen: () => 'dequeue count 1',
      act: { act: 'receive' },
    },
    {
      title: 'Write "1 of 3 done" into it',
      until: (facts) => updates(facts).some(({ request }) => request.text?.includes(NOTE)),
      watch: 'answers',
      seen: () => '204, with a new receipt',
      act: { act: 'note', part: 1 },
    },
    {
      title: 'Predict, then die: let the lease end',
      ask: {
        question: 'What has the update changed for the one that comes next?',
        options: [
          {
            text: 'The text; the dequeue count is still 1',
            holds: (facts) => visibleText(facts)?.includes(NOTE) === true && visibleCount(facts) === 1,
          },
          {
            text: 'The text, and the dequeue count is 2',
            holds: (facts) => visibleText(facts)?.includes(NOTE) === true && visibleCount(facts) === 2,
          },
          {
            text: 'Nothing: a text counts only with a delete',
            holds: (facts) => visibleText(facts)?.includes(NOTE) === false,
          },
        ],
      },
      until: (facts) => visibleText(facts) !== undefined,
      watch: 'peek',
      seen: (facts) => `"${NOTE}" in the text, dequeue count ${visibleCount(facts)}`,
    },
    {
      title: 'Be the next worker: receive it',
      until: readByNext,
      watch: 'answers',
      seen: () => `reads "${NOTE}", dequeue count 2: part 1 is not done again`,
      act: { act: 'receive' },
    },
    {
      title: 'Extend without a text, and let the lease end',
      until: (facts) =>
        visibleText(facts)?.includes(NOTE) === true && visibleCount(facts) === 2 && updates(facts).length >= 2,
      watch: 'peek',
      seen: () => 'the text is as it was',
      act: { act: 'extend' },
    },
    {
      title: 'Receive again',
      until: (facts) => receives(facts, 'you').length >= 3,
      watch: 'answers',
      seen: () => 'dequeue count 3',
      act: { act: 'receive' },
    },
    {
      title: 'Update with an empty text, and let the lease end',
      until: (facts) => visibleText(facts) === '',
      watch: 'peek',
      seen: () => 'the text is empty: an empty text is a text',
      act: { act: 'note', part: 0 },
    },
  ],
  solution: [
    { at: 1000, act: 'receive' },
    { at: 5000, act: 'note', part: 1 },
    { at: 40_000, act: 'receive' },
    { at: 42_000, act: 'extend' },
    { at: 80_000, act: 'receive' },
    { at: 82_000, act: 'note', part: 0 },
  ],
};
