import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';
import { allNamed, named } from './said';

const created = (facts: Facts) => answersTo(facts, 'create').find(({ reply }) => reply.ok);
const received = (facts: Facts) => receives(facts, 'you').flatMap(messagesOf);
const deleted = (facts: Facts) => answersTo(facts, 'delete', 'you').find(({ reply }) => reply.ok);

/** What you received is not among what a peek finds. */
const isHidden = (facts: Facts) => {
  const [first] = received(facts);
  return first !== undefined && facts.orders.visible?.every(({ id }) => id !== first.id) === true;
};
/** Messages that were sent and not deleted. */
const left = (facts: Facts) =>
  answersTo(facts, 'send').filter(({ reply }) => reply.ok).length -
  answersTo(facts, 'delete').filter(({ reply }) => reply.ok).length;

export const lesson: Lesson = {
  id: 'first-message',
  params: { rate: [0], workers: 0 },
  bare: true,
  program: 'first',
  inFunctions:
    'The host receives and deletes for you: it calls your function with the message, and deletes the message when the function ends without an error.',
  steps: [
    {
      title: 'Create the queue',
      until: (facts) => created(facts) !== undefined,
      watch: 'answers',
      seen: (facts) => `${created(facts)?.reply.status}, the queue is there`,
      waits: '201 in an answer',
      hint: 'A message needs a queue to be in. Press the button, or PageDown.',
      act: { act: 'create' },
      line: 'create',
    },
    {
      title: 'Send an order',
      until: ({ orders }) => (orders.visible ?? []).length > 0,
      watch: 'peek',
      seen: ({ orders }) => `visible = ${orders.visible?.length}, ${allNamed(orders.visible)}`,
      waits: 'a peek that finds it',
      hint: 'N sends one order. The lab peeks whenever something has happened, and then it sees the order.',
      act: { act: 'send' },
      line: 'send',
    },
    {
      title: 'Receive it',
      say: 'Receive hides the message for 30 seconds and gives you a receipt.',
      until: (facts) => isHidden(facts),
      watch: 'answers',
      seen: (facts) => `${allNamed(received(facts))} with a receipt, peek finds ${allNamed(facts.orders.visible)}`,
      waits: 'a receipt in your answer, and a peek that does not find it',
      hint: 'R receives. The answer has a pop receipt: the proof that you may delete this message.',
      act: { act: 'receive' },
      line: 'receive',
    },
    {
      title: 'Ask for the count',
      ask: {
        question: 'You received it and have not deleted it yet. What does the count say?',
        options: [
          { text: '0: you have it now', holds: ({ orders }) => orders.about === 0 },
          { text: '1: it is still in the queue', holds: ({ orders }) => (orders.about ?? 0) >= 1 },
        ],
      },
      until: (facts) => answersTo(facts, 'count', 'you').length > 0,
      watch: 'count',
      seen: ({ orders }) => `count ${orders.about}: it is hidden, not gone`,
      waits: 'the answer to your question for the count',
      hint: 'The count is in the metadata of the queue. Answer first: the run tells which answer holds.',
      act: { act: 'count' },
      line: 'count',
    },
    {
      title: 'Delete it',
      until: (facts) => deleted(facts) !== undefined && facts.orders.about === left(facts),
      watch: 'answers',
      seen: (facts) =>
        `${deleted(facts)?.reply.status} for ${received(facts).slice(0, 1).map(named).join('')}, count ${facts.orders.about}`,
      waits: '204 for your delete, and count 0',
      hint: 'D deletes the message in your hand, with its receipt. If the 30 seconds are over and you still have the newest receipt, it works as well.',
      act: { act: 'delete' },
      line: 'delete',
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
