import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import { ORDERS, POISON } from '../run/calls';
import { readOrder } from '../run/order';
import type { Lesson } from './lesson';
import { allNamed } from './said';

const counts = (facts: Facts) =>
  receives(facts).flatMap((one) => (one.request.queue === ORDERS ? messagesOf(one).map(({ count }) => count) : []));
const mostTries = (facts: Facts) => Math.max(0, ...counts(facts));
const poisoned = ({ poison }: Facts) => (poison.visible ?? []).map(({ text }) => readOrder(text).order);
const sends = (facts: Facts) => answersTo(facts, 'send', 'you').filter(({ reply }) => reply.ok);
const ordersSent = (facts: Facts) => new Set(sends(facts).map(({ request }) => readOrder(request.text).order));
/** An order that was copied and is in its first queue as well, as peeks of both show. */
const inBoth = (facts: Facts) =>
  (facts.orders.visible ?? []).find(({ text }) => poisoned(facts).includes(readOrder(text).order));
/** What was taken out of the poison queue, once its original is deleted there. */
const taken = (facts: Facts) =>
  answersTo(facts, 'delete', 'you').some(({ reply, request }) => reply.ok && request.queue === POISON)
    ? receives(facts, 'you').flatMap((one) => (one.request.queue === POISON ? messagesOf(one) : []))
    : [];
/** The message that went back in its place: the last one that you sent. */
const sentBack = (facts: Facts) => sends(facts).flatMap(messagesOf).at(-1);
const redriven = (facts: Facts) => {
  const [old] = taken(facts);
  const back = sentBack(facts);
  return old !== undefined && back !== undefined && back.id !== old.id && back.text === old.text && back.count === 0;
};

export const lesson: Lesson = {
  id: 'poison',
  params: { rate: [0], workers: 1, bad: 1, tries: 0, vis: 10, work: 2, poll: [0.25, 1] },
  program: 'poison',
  inFunctions:
    'The host has this rule: after the fifth failure of your function it moves the message to orders-poison (maxDequeueCount in host.json). A text that is not Base64 goes there without a run, unless host.json says messageEncoding none.',
  steps: [
    {
      title: 'Send the order',
      until: ({ orders }) => (orders.visible ?? []).length > 0,
      watch: 'peek',
      seen: ({ orders }) => `visible = ${orders.visible?.length}`,
      waits: 'a peek that finds it',
      hint: 'N sends one order. Each one is broken here: its total is no number.',
      act: { act: 'send' },
    },
    {
      title: 'Let it fail eight times',
      ask: {
        question: 'Nobody wrote a rule. After how many tries does Azure move it?',
        options: [
          { text: 'After 5', holds: (facts) => poisoned(facts).length > 0 },
          { text: 'Never', holds: (facts) => poisoned(facts).length === 0 },
        ],
      },
      until: (facts) => mostTries(facts) >= 8,
      watch: 'answers',
      seen: (facts) => `count ${mostTries(facts)}, orders-poison has ${poisoned(facts).length}`,
      waits: 'counts 6, 7 and 8 in answers of the worker',
      hint: 'Look at what the service does by itself: it counts, it hides, it forgets. Does it know what failed?',
      line: 'receive',
    },
    {
      title: 'Give the worker a rule: 5 tries',
      until: (facts) => poisoned(facts).length > 0 && facts.orders.about === 0,
      watch: 'peek',
      of: 'poison',
      seen: (facts) => `${poisoned(facts).length} in orders-poison, ${facts.orders.about} in orders`,
      waits: '1 in orders-poison, 0 in orders',
      hint: 'Press the button, then let time go on: the worker looks at the count at its next receive.',
      act: { act: 'set', name: 'tries', value: 5 },
      line: 'copy',
    },
    {
      title: 'Send another broken order',
      until: (facts) => ordersSent(facts).size >= 2 && (facts.orders.about ?? 0) > 0,
      watch: 'count',
      seen: ({ orders }) => `count ${orders.about}`,
      waits: 'count 1',
      hint: 'N sends another one.',
      act: { act: 'send' },
    },
    {
      title: 'Have the worker crash while it moves it',
      say: 'After the copy, before the delete: at the sixth receive.',
      until: (facts) => inBoth(facts) !== undefined,
      watch: 'peek',
      of: 'poison',
      seen: (facts) => `moved at count ${inBoth(facts)?.count}, and in both queues: nothing is lost`,
      waits: 'the order in peeks of both queues',
      hint: 'Press the button, then skip ahead. Had it deleted first, the order would be in neither.',
      act: { act: 'slip' },
      line: 'moved',
    },
    {
      title: 'Send one back',
      say: 'A new message with the same text, then the delete of the old one.',
      until: redriven,
      watch: 'answers',
      seen: (facts) =>
        `${allNamed(taken(facts).slice(0, 1))} has a new id, and its count is ${sentBack(facts)?.count} again`,
      waits: 'a new id with count 0, and 204 for the old one',
      hint: 'Press the button. There is no move in the service: a redrive is a send and a delete.',
      act: { act: 'redrive' },
      line: 'redrive',
    },
  ],
  solution: [
    { at: 1000, act: 'send' },
    { at: 95_000, act: 'set', name: 'tries', value: 5 },
    { at: 110_000, act: 'send' },
    { at: 112_000, act: 'slip' },
    { at: 200_000, act: 'redrive' },
  ],
};
