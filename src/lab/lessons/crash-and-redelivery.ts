import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';
import { allNamed, named } from './said';

/** The receive of the order with that dequeue count. */
const receivedWith = (facts: Facts, count: number) =>
  receives(facts).find((answer) => messagesOf(answer).some((message) => message.count === count));
const orderOf = (facts: Facts) => receives(facts).flatMap(messagesOf).slice(0, 1).map(named).join('');
const deleted = (facts: Facts) => answersTo(facts, 'delete').find(({ reply }) => reply.ok);
/** Who crashed with an order that it had received and not deleted; a worker with empty hands loses nothing. */
const lost = (facts: Facts) =>
  facts.crashes
    .flatMap(({ actor, at }) =>
      receives(facts, actor)
        .filter((answer) => answer.at <= at)
        .flatMap(messagesOf)
        .map((message) => ({ actor, message })),
    )
    .find(
      ({ message }) => !answersTo(facts, 'delete').some(({ reply, request }) => reply.ok && request.id === message.id),
    );

export const lesson: Lesson = {
  id: 'crash-and-redelivery',
  params: { rate: [0], workers: 2, vis: 30, work: 8 },
  program: 'worker',
  inFunctions:
    'The host hides a message for 10 minutes and extends that while your function runs. If the host dies, the message is back after up to 10 minutes, whatever visibilityTimeout says in host.json: that is the wait before the next try after an error.',
  steps: [
    {
      title: 'Send an order',
      until: ({ orders }) => (orders.visible ?? []).length > 0,
      watch: 'peek',
      seen: ({ orders }) => `visible = ${orders.visible?.length}`,
      waits: 'a peek that finds it',
      hint: 'N sends one order. Both workers poll: the first one to ask gets it.',
      act: { act: 'send' },
    },
    {
      title: 'Let a worker receive it',
      until: (facts) => receivedWith(facts, 1) !== undefined && facts.orders.visible?.length === 0,
      watch: 'answers',
      seen: (facts) => `${orderOf(facts)} hidden by ${receivedWith(facts, 1)?.actor}, count 1`,
      waits: 'the order in an answer, and a peek that finds nothing',
      hint: 'Let time go on: a worker that found nothing asks again within 4 seconds.',
      line: 'receive',
    },
    {
      title: 'Crash that worker',
      until: (facts) => lost(facts) !== undefined,
      watch: 'answers',
      seen: (facts) => `no delete of ${orderOf(facts)} by ${lost(facts)?.actor}`,
      waits: 'a worker that died with the order, before its delete',
      hint: 'C crashes the worker that is at work. It sends nothing then, not even a good-bye.',
      act: { act: 'crash', worker: 0 },
      line: 'work',
    },
    {
      title: 'Predict, then let the lease end',
      ask: {
        question: 'The lease ends. And then?',
        options: [
          { text: 'It is gone: the worker took it', holds: ({ orders }) => orders.about === 0 },
          { text: 'It moves to orders-poison', holds: ({ poison }) => poison.visible?.length === 1 },
          {
            text: 'It is visible again, and its count is still 1',
            holds: ({ orders }) => orders.visible?.[0]?.count === 1,
          },
          { text: 'It is visible again, and its count is 2', holds: ({ orders }) => orders.visible?.[0]?.count === 2 },
        ],
      },
      until: ({ orders, poison }) =>
        (orders.visible ?? []).length > 0 || orders.about === 0 || (poison.visible ?? []).length > 0,
      watch: 'peek',
      seen: ({ orders }) => `${allNamed(orders.visible)} visible, count ${orders.visible?.[0]?.count}`,
      waits: 'a peek that finds it, or a count of 0',
      hint: 'The service knows nothing of the crash. What does it know, and what counts a try: a receive, or the end of a lease?',
    },
    {
      title: 'Let a worker finish the order',
      until: (facts) => receivedWith(facts, 2) !== undefined && deleted(facts) !== undefined,
      watch: 'answers',
      seen: (facts) => `${orderOf(facts)} deleted by ${deleted(facts)?.actor}, its count was 2`,
      waits: 'it deleted, with a count of 2',
      hint: 'Let time go on: the worker that asks next gets it, works for 8 seconds and deletes it.',
      line: 'receive',
    },
  ],
  solution: [
    { at: 1000, act: 'send' },
    { at: 6000, act: 'crash', worker: 0 },
  ],
};
