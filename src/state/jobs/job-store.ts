import { create } from 'zustand';
import type { Job } from '@/bulk/jobs/job';
import type { JobForecast } from '@/bulk/planning/forecast';

export type JobKind =
  | 'move'
  | 'copy'
  | 'redrive'
  | 'requeue'
  | 'undoMove'
  | 'undoText'
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
  /** Names the queues, e.g. `search-index to search-index-v2`. */
  where: string;

  noun: 'message' | 'queue';
  job: Job;
  startedAt: Date;
  /** What was forecast at its beginning, with its time; undefined where nothing could be. */
  forecast?: JobForecast | undefined;
  /** True when nothing is changed. */
  dryRun?: boolean;
  /** Action on its result once it has ended. */
  after?: {
    label: string;
    run: () => void;
    /** True when the action is available; by default when any item is `done`. */
    isOffered?: () => boolean;
    /** True when it is done to what is `done`, beside whose number it stands. */
    isOfDone?: boolean;
  };
  /** The filter that chose its messages, as a phrase that follows "where". */
  filter?: string | undefined;
  /** Goes on with the rest of its scope, of which it did the first messages. */
  next?: NextPart | undefined;
  /** Kept of it while it runs, so that the next visit can continue; `problem` says why that cannot be. */
  journal?: { readonly problem: string | undefined } | undefined;
  /** Runs the job again for failed items; `uncertain` also for those that may be done. */
  retry?: (uncertain: boolean) => void;
};

export type NextPart = {
  /** Messages that are left; undefined where that is not known. */
  left: (job: Job) => number | undefined;
  isOffered: (job: Job) => boolean;
  run: (job: Job) => void;
};

type State = {
  jobs: readonly ListedJob[];
  /** The panel in the drawer. Not stored, as the next visit has no jobs. */
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
