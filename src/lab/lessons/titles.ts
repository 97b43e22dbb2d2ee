/** What is said of a lesson before its code is loaded. */
export type LessonTitle = {
  id: string;
  title: string;
  /** The one idea, in the field's words. */
  concept: string;
  /** What happened, at the head of the steps. */
  story: string;
  /** The sentence to remember. */
  remember: string;
};

/** In the order in which they build on one another. */
export const LESSONS: readonly LessonTitle[] = [
  {
    id: 'first-message',
    title: 'First message',
    concept: 'Send, receive, delete',
    story: 'You are the worker. Make a queue, send an order and take it through its life.',
    remember: 'Receive lends, delete removes.',
  },
  {
    id: 'peek-or-receive',
    title: 'Peek or receive',
    concept: 'Looking and taking',
    story: 'Three orders wait. You look at them, and so does someone else.',
    remember: 'Looking costs nothing, receiving hides.',
  },
  {
    id: 'hidden-not-gone',
    title: 'Hidden, not gone',
    concept: 'Approximate message count',
    story: 'A worker takes all five orders at once and is slow.',
    remember: 'The count counts what nobody can see.',
  },
  {
    id: 'crash-and-redelivery',
    title: 'Crash and redelivery',
    concept: 'At-least-once delivery',
    story: 'A worker dies with an order in its hands. It had received the order and had not deleted it yet.',
    remember: 'A crash costs time, never the message.',
  },
  {
    id: 'slow-work',
    title: 'Slow work',
    concept: 'Work longer than the lease',
    story: 'The work takes 40 seconds, the lease 30. Two workers poll.',
    remember: 'The receipt of the last receive wins.',
  },
  {
    id: 'extend-the-lease',
    title: 'Extend the lease',
    concept: 'Update gives a new receipt',
    story: 'Your work takes 80 seconds, a lease 30. Keep the message hidden until you are done.',
    remember: 'Extend early, keep the newest receipt.',
  },
  {
    id: 'note-to-the-next-worker',
    title: 'A note to the next worker',
    concept: 'Update with a text',
    story: 'The work has three parts. Write into the message how far you are, then be the program that dies.',
    remember: 'Progress in the message makes a second try short.',
  },
  {
    id: 'poison',
    title: 'Poison, and who moves it',
    concept: 'Dequeue count and poison queue',
    story: 'One order is broken: the work on it fails each time.',
    remember: 'Azure counts, your worker moves. Copy first, delete second.',
  },
];
