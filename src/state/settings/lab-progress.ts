import { useEffect } from 'react';
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
const NAME = 'queuescope.lab';

const store = create<LabProgress>()(
  persist((): LabProgress => none, {
    name: NAME,
    version: 1,
    merge: (stored, current) => (stored === undefined ? current : progressOf(stored)),
  }),
);

/** What is stored may be of another build, or anything. */
function progressOf(stored: unknown): LabProgress {
  const { done, last } = (stored ?? {}) as { done?: unknown; last?: unknown };
  return {
    done: Array.isArray(done) ? done.filter((one) => typeof one === 'string') : [],
    ...(typeof last === 'string' && { last }),
  };
}

/** Takes in what another tab has stored meanwhile; there is no store to read where the browser refuses one. */
const takeIn = () => void (store as Partial<Pick<typeof store, 'persist'>>).persist?.rehydrate();

/** What was done, in this tab and in others. */
export function useLabProgress(): LabProgress {
  useEffect(() => {
    const changed = ({ key }: StorageEvent) => {
      if (key === NAME) takeIn();
    };
    addEventListener('storage', changed);
    return () => removeEventListener('storage', changed);
  }, []);
  return store();
}

/** Marks a lesson as done. */
export function lessonDone(id: string): void {
  takeIn();
  store.setState(({ done }) => (done.includes(id) ? {} : { done: [...done, id] }));
}

/** Remembers the lesson that is open. */
export function lessonOpened(last: string): void {
  takeIn();
  store.setState({ last });
}

/** Forgets what was done; gives back what puts it there again. */
export function forgetProgress(): () => void {
  takeIn();
  const before = store.getState();
  store.setState(none, true);
  return () => store.setState(before, true);
}
