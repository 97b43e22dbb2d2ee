import { type Answer, answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';

const receiver = (facts: Facts, count: number) =>
  receives(facts).find((answer) => messagesOf(answer).some((message) => message.count === count))?.actor;
const deletes = (facts: Facts) => answersTo(facts, 'delete');
const isRefused = ({ reply }: Answer) => !reply.ok;
/** The code that came: Azure and the sandbox answer 404 MessageNotFound, the emulator 400 PopReceiptMismatch. */
const codeOf = (answer: Answer | undefined) =>
  answer && !answer.reply.ok ? `${answer.reply.status} ${answer.reply.code}` : 'not refused';

/** A delete that was carried out after the lease it came from had ended. */
const lateDelete = (facts: Facts) =>
  deletes(facts).find(({ actor, at, reply, request }) => {
    if (!reply.ok) return false;
    const last = receives(facts, actor).findLast((answer) => messagesOf(answer).some(({ id }) => id === request.id));
    return last !== undefined && at - last.at > last.request.vis * 1000;
  });

export const lesson: Lesson = {
  id: 'slow-work',
  params: { rate: [0], workers: 2, vis: 30, work: 40 },
  steps: [
    {
      title: 'Send an order',
      until: ({ orders }) => orders.visible?.length === 1,
      watch: 'peek',
      seen: () => '1 visible',
      act: { act: 'send' },
    },
    {
      title: 'Both workers get it',
      until: (facts) => receiver(facts, 2) !== undefined,
      watch: 'answers',
      seen: (facts) => `${receiver(facts, 1)} with dequeue count 1, ${receiver(facts, 2)} with 2`,
    },
    {
      title: 'The first one deletes',
      ask: {
        question: 'Both are at work on the same order. Which delete is refused?',
        options: [
          {
            text: 'That of the older receipt',
            holds: (facts) => deletes(facts).some((one) => isRefused(one) && one.actor === receiver(facts, 1)),
          },
          {
            text: 'That of the newer receipt',
            holds: (facts) => deletes(facts).some((one) => isRefused(one) && one.actor === receiver(facts, 2)),
          },
          { text: 'None: the message is deleted', holds: (facts) => !deletes(facts).some(isRefused) },
        ],
      },
      until: (facts) => deletes(facts).length > 0,
      watch: 'answers',
      seen: (facts) => codeOf(deletes(facts)[0]),
    },
    {
      title: 'The other one is done as well',
      until: ({ effects }) => Object.values(effects).some((times) => times >= 2),
      watch: 'effects',
      seen: ({ effects }) => `charged ${Math.max(...Object.values(effects))} times`,
    },
    {
      title: 'Go on with one worker alone',
      say: 'Its lease ends before its work does, and nobody else takes the message.',
      until: (facts) => lateDelete(facts) !== undefined,
      watch: 'answers',
      seen: () => 'deleted after the lease had ended: 204',
      act: { act: 'removeWorker' },
    },
  ],
  solution: [
    { at: 1000, act: 'send' },
    { at: 75_000, act: 'removeWorker' },
  ],
};
