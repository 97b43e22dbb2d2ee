import { keptStore } from './kept-store';

/** What a person has done in the lab, in this browser. */
type LabProgress = {
  /** Ids of the lessons whose steps all ticked. */
  done: readonly string[];
  /** The lesson that was open last. */
  last?: string | undefined;
};

const none: LabProgress = { done: [] };

const store = keptStore('queuescope.lab', none, { read: progressOf });

/** What is stored may be of another build, or anything. */
function progressOf(stored: unknown): LabProgress {
  const { done, last } = (stored ?? {}) as { done?: unknown; last?: unknown };
  return {
    done: Array.isArray(done) ? done.filter((one) => typeof one === 'string') : [],
    ...(typeof last === 'string' && { last }),
  };
}

/** What was done, in this tab and in others. */
export const useLabProgress = (): LabProgress => store();

/** Marks a lesson as done. */
export const lessonDone = (id: string): void =>
  store.change(({ done }) => (done.includes(id) ? {} : { done: [...done, id] }));

/** Remembers the lesson that is open. */
export const lessonOpened = (last: string): void => store.change(() => ({ last }));

/** Forgets what was done; gives back what puts it there again. */
export function forgetProgress(): () => void {
  let before = none;
  store.change((progress) => {
    before = progress;
    return { done: [], last: undefined };
  });
  return () => store.change(() => before);
}
