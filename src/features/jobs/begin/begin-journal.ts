import { type Continuation, continueMessageJob } from '@/bulk/jobs/continue-job';
import type { Job } from '@/bulk/jobs/job';
import { chosenIds, type MessageJobOptions, startMessageJob } from '@/bulk/jobs/message-job';
import type { LeaseHandle } from '@/bulk/leasing/lease-handle';
import type { Steps } from '@/bulk/planning/steps';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { beginJournal, type JobJournal, type NewJournal } from '@/state/journal/job-journals';
import { fingerprint } from '@/state/journal/journal-storage';
import type { MessageJobForm } from '../shared/scope';

/** A job that was cut off, taken by this tab, and what is left of it. */
export type GoOn = { journal: JobJournal; continuation: Continuation };

type Noted = Pick<NewJournal, 'kind' | 'where' | 'seconds'> & {
  from: QueueTarget;
  to?: QueueTarget | undefined;
  steps: Steps;
  goOn?: GoOn | undefined;
};

/** Work on messages that is written ahead: `target` and `start` take the place of the queue and of `startMessageJob`. */
export type JournaledWork = {
  journal: JobJournal;
  target: JobJournal['target'];
  start: <Value>(options: MessageJobOptions<Value>) => Job<LeaseHandle, Value>;
};

/** Begins the journal of work on messages, or goes on in that of a job that was cut off. */
export function journalMessages(form: MessageJobForm, { from, to, steps, goOn, ...parts }: Noted): JournaledWork {
  const ids = chosenIds(form.wanted);
  const { total, cap, concurrency, perSecond, returnedAtATime, filter, most, except } = form;
  const journal =
    goOn?.journal ??
    beginJournal({
      ...parts,
      noun: 'message',
      steps: 'file' in form && form.file ? ['write', ...steps] : steps,
      from: from.records.ref,
      ...(to && { to: to.records.ref }),
      ...(ids && { ids: [...ids] }),
      total,
      ...(!ids && { filter: filter?.slice(0, 4096), most, except: except && [...except] }),
      cap,
      concurrency,
      perSecond,
      returnedAtATime,
    });
  return {
    journal,
    target: journal.target,
    start(options) {
      const { onOutcome } = options;
      const ended = journal.ended<LeaseHandle>(({ id }) => id);
      const noted: typeof options = {
        ...options,
        onOutcome(outcome) {
          ended(outcome);
          onOutcome?.(outcome);
        },
      };
      if (!goOn) return startMessageJob(noted);
      const { continuation } = goOn;
      return continueMessageJob({ ...noted, continuation, fingerprint, to: to && journal.target(to) });
    },
  };
}
