import type { Lesson } from './lesson';

const LOADERS: Readonly<Record<string, () => Promise<{ lesson: Lesson }>>> = {
  'first-message': () => import('./first-message'),
  'peek-or-receive': () => import('./peek-or-receive'),
  'hidden-not-gone': () => import('./hidden-not-gone'),
  'crash-and-redelivery': () => import('./crash-and-redelivery'),
  'slow-work': () => import('./slow-work'),
  'extend-the-lease': () => import('./extend-the-lease'),
  'note-to-the-next-worker': () => import('./note-to-the-next-worker'),
  poison: () => import('./poison'),
};

/** Loads the steps of the lesson with this id; undefined when there is none. */
export const loadLesson = async (id: string): Promise<Lesson | undefined> => (await LOADERS[id]?.())?.lesson;
