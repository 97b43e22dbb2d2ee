import { closingQuestion } from '../tab/closing-question';
import { currentJobs, isEnded, type ListedJob, putJobs } from './job-store';

let lastId = 0;

export const jobOf = (id: number) => currentJobs().find((listed) => listed.id === id);

/** Lists a started job. Until it ends, closing the tab asks for confirmation. */
export function listJob(begun: Omit<ListedJob, 'id' | 'startedAt'> & { startedAt?: Date }): ListedJob {
  const listed = { startedAt: new Date(), ...begun, id: ++lastId };
  put([listed, ...currentJobs()]);
  void redrawAtEnd(listed);
  return listed;
}

/** Removes an ended job from the list. */
export function dismissJob(id: number): void {
  put(currentJobs().filter((listed) => listed.id !== id));
}

/** Updates the list when the job ends. */
async function redrawAtEnd({ job }: ListedJob) {
  await job.finished;
  put([...currentJobs()]);
}

function put(jobs: readonly ListedJob[]) {
  putJobs(jobs);
  askBeforeClosing(jobs.some(({ job }) => !isEnded(job)));
}

const askBeforeClosing = closingQuestion();
