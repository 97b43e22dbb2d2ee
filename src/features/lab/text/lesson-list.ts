import { LESSONS } from '@/lab/lessons/titles';

/** What can be opened in the lab, by the part of its address: the lessons in their order, and free play. */
export const lessonList = (): readonly { id: string; title: string; concept: string }[] => [
  ...LESSONS.map(({ id, title, concept }) => ({ id, title, concept })),
  { id: 'free', title: 'Free play', concept: 'A queue with workers of your own' },
];
