import { currentJobs, isEnded, type ListedJob, putJobs } from './job-store';

let lastId = 0;

export const jobOf = (id: number) => currentJobs().find((listed) => listed.id === id);

/** Lists a job that has begun. Until it ends, closing the tab asks first. */
export function listJob(begun: Omit<ListedJob, 'id' | 'startedAt'>): ListedJob {
  const listed = { ...begun, id: ++lastId, startedAt: new Date() };
  put([listed, ...currentJobs()]);
  void tellEnd(listed);
  return listed;
}

/** Takes an ended job off the list. */
export const dismissJob = (id: number) => put(currentJobs().filter((listed) => listed.id !== id));

/** Whoever lists jobs draws anew: this one runs no longer. */
async function tellEnd({ job }: ListedJob) {
  await job.finished;
  put([...currentJobs()]);
}

function put(jobs: readonly ListedJob[]) {
  putJobs(jobs);
  const isBusy = jobs.some(({ job }) => !isEnded(job));
  if (isBusy) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault();
