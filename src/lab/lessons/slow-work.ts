import { counted } from '@/words/counts';
import { type Answer, answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';
import { named } from './said';

/** The order that two workers have received. */
const shared = (facts: Facts) =>
  receives(facts)
    .flatMap(messagesOf)
    .find(({ count }) => count === 2);
/** Who received it as the first, or as the second. */
const receiver = (facts: Facts, count: number) =>
  receives(facts).find((answer) =>
    messagesOf(answer).some((message) => message.count === count && message.id === shared(facts)?.id),
  )?.actor;
const orderOf = (facts: Facts) =>
  [shared(facts)]
    .flatMap((one) => one ?? [])
    .map(named)
    .join('');
const deletes = (facts: Facts) => answersTo(facts, 'delete').filter(({ request }) => request.id === shared(facts)?.id);
const isRefused = ({ reply }: Answer) => !reply.ok;
/** The code that came: Azure and the sandbox answer 404 MessageNotFound, the emulator 400 PopReceiptMismatch. */
const codeOf = (answer: Answer | undefined) =>
  answer && !answer.reply.ok ? `${answer.reply.status} ${answer.reply.code}` : 'not refused';

/** A delete that was carried out after the lease it came from had ended, and how many seconds after its receive. */
function lateDelete(facts: Facts): { seconds: number } | undefined {
  for (const { actor, at, reply, request } of deletes(facts)) {
    if (!reply.ok) continue;
    const last = receives(facts, actor).findLast((answer) => messagesOf(answer).some(({ id }) => id === request.id));
    if (last && at - last.at > last.request.vis * 1000) return { seconds: Math.round((at - last.at) / 1000) };
  }
  return undefined;
}

export const lesson: Lesson = {
  id: 'slow-work',
  params: { rate: [0], workers: 2, vis: 30, work: 40 },
  program: 'worker',
  inFunctions:
    'The host extends the lease while your function runs, so slow work alone does not bring a message to a second one. A host that dies does.',
  steps: [
    {
      title: 'Send an order',
      until: ({ orders }) => (orders.visible ?? []).length > 0,
      watch: 'peek',
      seen: ({ orders }) => `visible = ${orders.visible?.length}`,
      waits: 'a peek that finds it',
      hint: 'N sends one order. Send one only: two orders keep both workers at work.',
      act: { act: 'send' },
    },
    {
      title: 'Both workers get it',
      until: (facts) => receiver(facts, 2) !== undefined,
      watch: 'answers',
      seen: (facts) => `${orderOf(facts)} for ${receiver(facts, 1)} with count 1, for ${receiver(facts, 2)} with 2`,
      waits: 'the same order in two answers, with counts 1 and 2',
      hint: 'Skip ahead: after 30 seconds the lease is over and the work is not, so the other worker gets the order too, if it has nothing else to do.',
      line: 'receive',
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
      seen: (facts) => `${codeOf(deletes(facts)[0])} for ${deletes(facts)[0]?.actor}`,
      waits: 'the answer to the first delete',
      hint: 'The second receive gave a receipt of its own. How many receipts of a message can be good at once?',
      line: 'delete',
    },
    {
      title: 'The other one is done as well',
      until: ({ effects }) => Object.values(effects).some((times) => times >= 2),
      watch: 'effects',
      seen: (facts) => `${orderOf(facts)} charged ${counted(Math.max(...Object.values(facts.effects)), 'time')}`,
      waits: 'the order charged a second time',
      hint: 'Let time go on. The refused delete took nothing back: the first worker had charged the order already.',
      line: 'work',
    },
    {
      title: 'Go on with one worker alone',
      say: 'Its lease ends before its work does, and nobody else takes the message.',
      until: (facts) => lateDelete(facts) !== undefined,
      watch: 'answers',
      seen: (facts) => `204 for a delete ${lateDelete(facts)?.seconds} s after its receive`,
      waits: '204 for a delete later than its lease',
      hint: 'Shift W lets the last worker go. The other one has the order again or gets it soon: skip ahead.',
      act: { act: 'removeWorker' },
      line: 'delete',
    },
  ],
  solution: [
    { at: 1000, act: 'send' },
    { at: 75_000, act: 'removeWorker' },
  ],
};
