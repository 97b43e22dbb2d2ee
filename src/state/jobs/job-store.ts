import { create } from 'zustand';
import type { Job } from '@/bulk/jobs/job';

export type JobKind =
  | 'move'
  | 'copy'
  | 'redrive'
  | 'delete'
  | 'clear'
  | 'visibility'
  | 'text'
  | 'send'
  | 'addAgain'
  | 'import'
  | 'export';

/** A job of this tab, running or ended, whatever screen is open. */
export type ListedJob = {
  id: number;
  kind: JobKind;
  /** What is worked on, e.g. `search-index to search-index-v2`. */
  where: string;
  /** What it counts. */
  noun: 'message' | 'queue';
  job: Job;
  startedAt: Date;
  /** Nothing is changed: it tells what would be. */
  dryRun?: boolean;
  /** What can be done with its result once it has ended. */
  after?: {
    label: string;
    run: () => void;
    /** Whether there is something to be done; as soon as anything was done when left out. */
    isOffered?: () => boolean;
  };
  /** The same job once more, over what failed; `uncertain` takes in what may have been done. */
  retry?: (uncertain: boolean) => void;
};

type State = {
  jobs: readonly ListedJob[];
  /** The panel in the drawer: opened by the first job, so not kept for the next visit, which has none. */
  isOpen: boolean;
};

const store = create<State>(() => ({ jobs: [], isOpen: false }));

/** Newest first. */
export const useJobs = () => store((state) => state.jobs);
export const currentJobs = () => store.getState().jobs;
export const useJobsOpen = () => store((state) => state.isOpen);
export const areJobsOpen = () => store.getState().isOpen;
export const openJobs = (isOpen: boolean) => store.setState({ isOpen });
export const putJobs = (jobs: readonly ListedJob[]) => store.setState({ jobs });

export const isEnded = ({ state }: Pick<Job, 'state'>) =>
  state === 'done' || state === 'cancelled' || state === 'failed';
