/** What is said of a lesson before its code is loaded. */
export type LessonTitle = {
  id: string;
  title: string;
  /** The one idea, in the field's words. */
  concept: string;
  /** What happened, in one line at the head of the steps. */
  headline: string;
  /** And what there is to find out. */
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
    headline: 'You are the worker',
    story: 'Make a queue, send an order and take it through its life.',
    remember: 'Receive lends, delete removes.',
  },
  {
    id: 'peek-or-receive',
    title: 'Peek or receive',
    concept: 'Looking and taking',
    headline: 'Three orders wait',
    story: 'You look at them, and so does someone else. What does looking change, and what does taking?',
    remember: 'Looking costs nothing, receiving hides.',
  },
  {
    id: 'hidden-not-gone',
    title: 'Hidden, not gone',
    concept: 'Approximate message count',
    headline: 'The list is empty',
    story: 'A worker takes all five orders at once and is slow. Where are they now?',
    remember: 'The count counts what nobody can see.',
  },
  {
    id: 'crash-and-redelivery',
    title: 'Crash and redelivery',
    concept: 'At-least-once delivery',
    headline: 'A worker dies with an order in its hands',
    story: 'It had received the order and had not deleted it yet. Where does the order go?',
    remember: 'A crash costs time, never the message.',
  },
  {
    id: 'slow-work',
    title: 'Slow work',
    concept: 'Work longer than the lease',
    headline: 'The work takes longer than the lease',
    story: 'It takes 40 seconds, and the lease 30. Two workers poll. Who may delete?',
    remember: 'The receipt of the last receive wins.',
  },
  {
    id: 'extend-the-lease',
    title: 'Extend the lease',
    concept: 'Update gives a new receipt',
    headline: 'Your work takes 80 seconds, a lease 30',
    story: 'Keep the message hidden until you are done.',
    remember: 'Extend early, keep the newest receipt.',
  },
  {
    id: 'note-to-the-next-worker',
    title: 'A note to the next worker',
    concept: 'Update with a text',
    headline: 'The work has three parts',
    story: 'Write into the message how far you are, then be the program that dies.',
    remember: 'Progress in the message makes a second try short.',
  },
  {
    id: 'poison',
    title: 'Poison, and who moves it',
    concept: 'Dequeue count and poison queue',
    headline: 'One order is broken',
    story: 'The work on it fails each time. Who sets it aside?',
    remember: 'Azure counts, your worker moves. Copy first, delete second.',
  },
];
