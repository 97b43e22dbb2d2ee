import { create } from 'zustand';
import type { Job } from '@/bulk/jobs/job';
import { closingQuestion } from '../messages/before-closing';

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
  /** Names the queues, e.g. `search-index to search-index-v2`. */
  where: string;

  noun: 'message' | 'queue';
  job: Job;
  startedAt: Date;
  /** True when nothing is changed. */
  dryRun?: boolean;
  /** Action on its result once it has ended. */
  after?: {
    label: string;
    run: () => void;
    /** True when the action is available; by default when any item is `done`. */
    isOffered?: () => boolean;
  };
  /** Runs the job again for failed items; `uncertain` also for those that may be done. */
  retry?: (uncertain: boolean) => void;
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

export const isEnded = ({ state }: Pick<Job, 'state'>) =>
  state === 'done' || state === 'cancelled' || state === 'failed';

let lastId = 0;

export const jobOf = (id: number) => currentJobs().find((listed) => listed.id === id);

/** Lists a started job. Until it ends, closing the tab asks for confirmation. */
export function listJob(begun: Omit<ListedJob, 'id' | 'startedAt'>): ListedJob {
  const listed = { ...begun, id: ++lastId, startedAt: new Date() };
  put([listed, ...currentJobs()]);
  void redrawAtEnd(listed);
  return listed;
}

/** Removes an ended job from the list. */
export const dismissJob = (id: number) => put(currentJobs().filter((listed) => listed.id !== id));

/** Updates the list when the job ends. */
async function redrawAtEnd({ job }: ListedJob) {
  await job.finished;
  put([...currentJobs()]);
}

function put(jobs: readonly ListedJob[]) {
  store.setState({ jobs });
  askBeforeClosing(jobs.some(({ job }) => !isEnded(job)));
}

const askBeforeClosing = closingQuestion();
