import { create } from 'zustand';
import type { Journal, JournalHead, JournalQueue } from '@/bulk/journal/journal';
import type { Replayed } from '@/bulk/journal/replay';

/** A job that no tab runs any more. */
export type InterruptedJob = { id: string; head: JournalHead; journal: Journal; replayed: Replayed; parts: number };
/** A job that another tab of this browser runs. */
export type JobElsewhere = { id: string; head: JournalHead; done: number | undefined; total: number | undefined };
/** A journal that cannot be read. */
export type UnreadableJob = { id: string; reason: string };

type State = {
  interrupted: readonly InterruptedJob[];
  elsewhere: readonly JobElsewhere[];
  unreadable: readonly UnreadableJob[];
};

export const journalStore = create<State>(() => ({ interrupted: [], elsewhere: [], unreadable: [] }));

export const useInterruptedJobs = () => journalStore((state) => state.interrupted);
export const useJobsElsewhere = () => journalStore((state) => state.elsewhere);
export const useUnreadableJobs = () => journalStore((state) => state.unreadable);
export const interruptedJobs = () => journalStore.getState().interrupted;

/** True when the job concerns this queue. */
export const concerns = ({ head: { from, noun, ids = [] } }: Pick<InterruptedJob, 'head'>, on: JournalQueue): boolean =>
  from.connectionId === on.connectionId && (from.queue === on.queue || (noun === 'queue' && ids.includes(on.queue)));
