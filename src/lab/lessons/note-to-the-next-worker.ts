import { exactly } from '@/words/counts';
import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';

const NOTE = '1 of 3';
const visibleText = ({ orders }: Facts) => orders.visible?.[0]?.text;
const visibleCount = ({ orders }: Facts) => orders.visible?.[0]?.count;
const updates = (facts: Facts) => answersTo(facts, 'update', 'you').filter(({ reply }) => reply.ok);
const receivedCounts = (facts: Facts) =>
  receives(facts, 'you')
    .flatMap(messagesOf)
    .map(({ count }) => count);
const charged = ({ effects }: Facts) => Math.max(0, ...Object.values(effects));
const readByNext = (facts: Facts) =>
  receives(facts, 'you').some((answer) =>
    messagesOf(answer).some(({ text, count }) => count >= 2 && text.includes(NOTE)),
  );

export const lesson: Lesson = {
  id: 'note-to-the-next-worker',
  params: { rate: [0], workers: 0, vis: 30 },
  script: [{ at: 0, act: 'send' }],
  program: 'note',
  inFunctions:
    'The host holds the receipt of the message. A function that updates the message itself makes that receipt void, and the delete of the host is refused: keep progress outside of the message there.',
  steps: [
    {
      title: 'Receive the order',
      until: (facts) => receives(facts, 'you').length > 0,
      watch: 'answers',
      seen: (facts) => `count ${receivedCounts(facts)[0]}, no part is done yet`,
      waits: 'the order in your answer',
      hint: 'R receives. You are the program that will die.',
      act: { act: 'receive' },
      line: 'receive',
    },
    {
      title: 'Write "1 of 3 done" into it',
      say: 'Part 1 charges the order. The update also begins 30 new seconds.',
      until: (facts) => updates(facts).some(({ request }) => request.text?.includes(NOTE)),
      watch: 'answers',
      seen: (facts) => `204, with a new receipt; charged ${charged(facts)} time`,
      waits: '204 for an update with the note',
      hint: 'Press the button. An update with a text replaces the text of the message.',
      act: { act: 'note', part: 1 },
      line: 'note',
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
      seen: (facts) => `"${NOTE}" in the text, count ${visibleCount(facts)}`,
      waits: 'a peek that finds it',
      hint: 'An update is no receive. What raises the count, and what of the message can an update reach?',
    },
    {
      title: 'Be the next worker: receive it',
      until: readByNext,
      watch: 'effects',
      seen: (facts) => `reads "${NOTE}", count ${receivedCounts(facts)[1]}, charged ${charged(facts)} time`,
      waits: `"${NOTE}" in your answer`,
      hint: 'R receives. The next worker sees what is done and goes on with part 2.',
      act: { act: 'receive' },
      line: 'receive',
    },
    {
      title: 'Extend without a text, and let the lease end',
      until: (facts) =>
        visibleText(facts)?.includes(NOTE) === true && visibleCount(facts) === 2 && updates(facts).length >= 2,
      watch: 'peek',
      seen: (facts) => `"${NOTE}" is still in the text, count ${visibleCount(facts)}`,
      waits: 'a peek that finds it with its text',
      hint: 'X extends: an update without a body. Then skip ahead to the end of the lease.',
      act: { act: 'extend' },
      line: 'extend',
    },
    {
      title: 'Receive again',
      until: (facts) => receives(facts, 'you').length >= 3,
      watch: 'answers',
      seen: (facts) => `count ${receivedCounts(facts)[2]}`,
      waits: 'the order in your answer',
      hint: 'R receives it a third time.',
      act: { act: 'receive' },
      line: 'receive',
    },
    {
      title: 'Update with an empty text, and let the lease end',
      until: (facts) => visibleText(facts) === '',
      watch: 'peek',
      seen: (facts) => `the text has ${exactly(visibleText(facts)?.length ?? 0, 'character')}: an empty text is a text`,
      waits: 'a peek that finds an empty text',
      hint: 'Press the button, then skip ahead. An update with an empty body element is not an update without a body.',
      act: { act: 'note', part: 0 },
      line: 'note',
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
