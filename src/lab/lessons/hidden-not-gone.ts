import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Input } from '../run/run';
import type { Lesson } from './lesson';
import { allNamed } from './said';

const sawNothing = (facts: Facts) => answersTo(facts, 'peek', 'you').some((answer) => messagesOf(answer).length === 0);
const taken = (facts: Facts) =>
  receives(facts, 'worker 1')
    .map(messagesOf)
    .find(({ length }) => length === 5);

export const lesson: Lesson = {
  id: 'hidden-not-gone',
  params: { rate: [0], workers: 0, batch: 32, vis: 60, work: 100 },
  script: [...[0, 100, 200, 300, 400].map((at): Input => ({ at, act: 'send' })), { at: 1000, act: 'addWorker' }],
  program: 'monitor',
  inFunctions:
    'The host holds up to batchSize + newBatchThreshold messages at once on each instance (16 + 8 unless host.json says otherwise). All of them are in the count, and no peek shows them.',
  steps: [
    {
      title: 'A worker takes all five',
      until: (facts) => taken(facts) !== undefined,
      watch: 'answers',
      seen: (facts) => `${allNamed(taken(facts))} in one answer`,
      waits: '5 messages in one answer of the worker',
      hint: 'The worker asks for up to 32 at once. Let time go on: it polls by itself.',
    },
    {
      title: 'Look as a consumer does',
      say: 'The lanes show what only the lab knows. A consumer has a peek and a count.',
      until: ({ views }) => views > 0,
      watch: 'peek',
      seen: () => 'what nobody can see is not drawn',
      waits: 'the view of a consumer',
      hint: 'V switches between what the lab knows and what a consumer sees.',
      act: { act: 'view' },
    },
    {
      title: 'Peek',
      until: sawNothing,
      watch: 'peek',
      seen: ({ orders }) => `peek finds ${allNamed(orders.visible)}`,
      waits: 'a peek of yours that finds nothing',
      hint: 'K peeks. All five are hidden for 60 seconds.',
      act: { act: 'peek' },
      line: 'peek',
    },
    {
      title: 'Ask for the count',
      ask: {
        question: 'The list is empty. Is the queue?',
        options: [
          { text: 'Yes, the count is 0', holds: ({ orders }) => orders.about === 0 },
          { text: 'No, the count is 5', holds: ({ orders }) => (orders.about ?? 0) >= 5 },
        ],
      },
      until: (facts) => answersTo(facts, 'count', 'you').length > 0,
      watch: 'count',
      seen: ({ orders }) => `count ${orders.about}, peek finds ${allNamed(orders.visible)}`,
      waits: 'the answer to your question for the count',
      hint: 'Has anyone deleted anything yet?',
      act: { act: 'count' },
      line: 'count',
    },
    {
      title: 'Let the leases end',
      until: ({ orders }) => (orders.visible ?? []).length >= 5,
      watch: 'peek',
      seen: ({ orders }) => `visible = ${orders.visible?.length} again, and nobody sent a request`,
      waits: '5 in a peek',
      hint: 'Skip ahead: a minute after the receive the service stops hiding them, because nobody deleted them.',
    },
  ],
  solution: [
    { at: 2000, act: 'view' },
    { at: 3000, act: 'peek' },
    { at: 4000, act: 'count' },
  ],
};
