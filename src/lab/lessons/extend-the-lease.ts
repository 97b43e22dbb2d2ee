import { type Answer, answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson, Step } from './lesson';
import { allNamed } from './said';

const newReceipts = (facts: Facts) =>
  new Set(answersTo(facts, 'update', 'you').flatMap(({ reply }) => (reply.ok && reply.receipt ? [reply.receipt] : [])));
const deletes = (facts: Facts) => answersTo(facts, 'delete', 'you');
const wordsOf = ({ reply }: Answer) => (reply.ok ? String(reply.status) : `${reply.status} ${reply.code}`);
const received = (facts: Facts) => receives(facts, 'you').flatMap(messagesOf);
const charged = ({ effects }: Facts) => Math.max(0, ...Object.values(effects));

export const lesson: Lesson = {
  id: 'extend-the-lease',
  params: { rate: [0], workers: 0, vis: 30, work: 80 },
  script: [{ at: 0, act: 'send' }],
  program: 'extend',
  inFunctions:
    'The host extends the lease by itself while your function runs, and keeps the newest receipt. Your function needs no line for it.',
  steps: [
    {
      title: 'Receive the order',
      until: (facts) => receives(facts, 'you').length > 0,
      watch: 'answers',
      seen: (facts) => `${allNamed(received(facts).slice(0, 1))} with a receipt, good for 30 s`,
      waits: 'a receipt in your answer',
      hint: 'R receives. Your work takes 80 seconds, so this receipt is not enough.',
      act: { act: 'receive' },
      line: 'receive',
    },
    ...['Extend the lease', 'Extend it again', 'And once more'].map(
      (title, times): Step => ({
        title,
        say:
          times === 0
            ? 'After 20 seconds of work, before the 30 are over: the update begins 30 new ones.'
            : 'After 20 more seconds of work.',
        until: (facts) => newReceipts(facts).size > times,
        watch: 'answers',
        seen: (facts) =>
          times === 0
            ? '204, with another receipt'
            : `${Math.min(times + 1, newReceipts(facts).size)} new receipts, all different`,
        waits: times === 0 ? '204 and a new receipt' : `a receipt that differs from the ${times} before`,
        hint: 'The button works for 20 seconds and extends then; X extends at once. Each time the newest receipt is sent.',
        act: { act: 'extend' },
        after: 20_000,
        line: 'extend',
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
      waits: 'the answer to that delete',
      hint: 'Each update gave another receipt. What is the one before it worth?',
      act: { act: 'deleteOld' },
      line: 'delete',
    },
    {
      title: 'Delete with the newest receipt',
      until: (facts) => deletes(facts).some(({ reply }) => reply.ok),
      watch: 'effects',
      seen: (facts) => `204, charged ${charged(facts)} time`,
      waits: '204 for your delete',
      hint: 'D deletes with the newest receipt. If the lease is over meanwhile, it works as long as nobody else received the message.',
      act: { act: 'delete' },
      line: 'delete',
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
