import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What a person has done in the lab, in this browser. */
type LabProgress = {
  /** Ids of the lessons whose steps all ticked. */
  done: readonly string[];
  /** The lesson that was open last. */
  last?: string | undefined;
};

const none: LabProgress = { done: [] };

const store = create<LabProgress>()(persist((): LabProgress => none, { name: 'queuescope.lab', version: 1 }));

export const useLabProgress = () => store();

/** Marks a lesson as done. */
export function lessonDone(id: string): void {
  store.setState(({ done }) => (done.includes(id) ? {} : { done: [...done, id] }));
}

/** Remembers the lesson that is open. */
export function lessonOpened(last: string): void {
  store.setState({ last });
}

/** Forgets what was done; gives back what puts it there again. */
export function forgetProgress(): () => void {
  const before = store.getState();
  store.setState(none, true);
  return () => store.setState(before, true);
}
