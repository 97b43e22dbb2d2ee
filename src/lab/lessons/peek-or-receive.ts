import { answersTo, type Facts, messagesOf, receives } from '../film/facts';
import type { Lesson } from './lesson';
import { allNamed } from './said';

const peeks = (facts: Facts) => answersTo(facts, 'peek', 'you').map(messagesOf);
/** A peek that found so many messages, none of which anyone had received. */
const sawUntouched = (facts: Facts, count: number) =>
  peeks(facts).find((seen) => seen.length === count && seen.every((message) => message.count === 0));
const ids = (messages: Facts['orders']['visible'] = []) => messages.map(({ id }) => id).join(' ');
/** You and the other one found the same messages. */
const sawTheSame = (facts: Facts, count: number) => ids(sawUntouched(facts, count)) === ids(facts.orders.visible);
/** What you found after your first receive: none of it was received by anyone. */
const sawAfter = (facts: Facts) => {
  const since = receives(facts, 'you')[0]?.at ?? Infinity;
  const later = answersTo(facts, 'peek', 'you').filter(({ at }) => at > since);
  return later.map(messagesOf).find((seen) => seen.every((message) => message.count === 0));
};
const received = (facts: Facts) => receives(facts, 'you').flatMap(messagesOf);

export const lesson: Lesson = {
  id: 'peek-or-receive',
  params: { rate: [0], workers: 0 },
  script: [0, 100, 200].map((at) => ({ at, act: 'send' })),
  program: 'look',
  inFunctions:
    'The host never peeks. It receives up to batchSize messages at a time (16 unless host.json says otherwise), so all of them are hidden while only one may be at work.',
  steps: [
    {
      title: 'Peek',
      say: 'The other one peeks as well, each time that something happens.',
      until: (facts) => sawUntouched(facts, 3) !== undefined && sawTheSame(facts, 3),
      watch: 'peek',
      seen: ({ orders }) => `both see ${allNamed(orders.visible)}, each with count 0`,
      waits: 'the same 3 messages in both peeks, with count 0',
      hint: 'K peeks. A peek changes nothing: however often you look, the dequeue count stays 0.',
      act: { act: 'peek' },
      line: 'peek',
    },
    {
      title: 'Receive one',
      ask: {
        question: 'You receive one. What does the other one see when it peeks?',
        options: [
          { text: 'All 3', holds: ({ orders }) => orders.visible?.length === 3 },
          { text: '2', holds: ({ orders }) => orders.visible?.length === 2 },
          { text: 'None', holds: ({ orders }) => orders.visible?.length === 0 },
        ],
      },
      until: (facts) => receives(facts, 'you').length > 0,
      watch: 'peek',
      seen: (facts) => `you have ${allNamed(received(facts))}, the other one sees ${allNamed(facts.orders.visible)}`,
      waits: 'a message in your answer',
      hint: 'Think of what a receive is for: two workers must not get the same message at once.',
      act: { act: 'receive' },
      line: 'receive',
    },
    {
      title: 'Peek again',
      until: (facts) => sawAfter(facts) !== undefined,
      watch: 'peek',
      seen: (facts) => `you see ${allNamed(sawAfter(facts))} as well, each with count 0`,
      waits: 'the other 2 in your own peek',
      hint: 'K peeks once more. What you hold is hidden from you as well.',
      act: { act: 'peek' },
      line: 'peekAgain',
    },
  ],
  solution: [
    { at: 1000, act: 'peek' },
    { at: 3000, act: 'receive' },
    { at: 5000, act: 'peek' },
  ],
};
