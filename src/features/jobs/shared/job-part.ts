import { chosenIds, type ScopePart, type Wanted } from '@/bulk/jobs/message-job';
import type { ListedJob } from '@/state/jobs/job-store';
import { toast } from '@/ui/overlay/toast-store';
import type { Scope } from './scope';

/** Messages that "Try 5 first" takes. */
export const TRIED_FIRST = 5;

/** The part of a scope that a job takes; nothing for all of it. It comes over the options of a form. */
export type JobPart = ScopePart & {
  wanted?: Wanted;
  total?: number;
  /** What was foreseen of the whole scope does not hold for a part. */
  foreseen?: undefined;
  next?: ListedJob['next'];
};

/** True for a scope that may have more messages than are tried first. */
export const canTryFirst = ({ total }: Pick<Scope, 'total'>): boolean => total === undefined || total > TRIED_FIRST;

/**
 * The first messages of a scope, in the order of the queue or as they are shown, for a job that then offers to go on with the rest.
 * `begin` begins a job over a part, with the form as it stands now; it answers false when the person has called it off. A message
 * that the first job took is in no later part, whatever became of it; neither is one that was added after the first job began.
 */
export function firstPart({ ids, total, filter, wanted }: Scope, begin: (part: JobPart) => unknown): JobPart {
  const taken = new Set<string>();
  let isUsed = false;
  const onTaken = (id: string) => void taken.add(id);
  const left = () => {
    const all = ids?.length ?? (filter ? undefined : total);
    return all === undefined ? undefined : Math.max(0, all - taken.size);
  };
  const next: NonNullable<ListedJob['next']> = {
    left,
    isOffered: ({ state }) => {
      // One that was tried to its end, and found less than it was to take, has left nothing.
      const isAll = !ids && state === 'done' && taken.size < TRIED_FIRST;
      return !isUsed && !isAll && left() !== 0;
    },
    run: (job) => void goOn(job),
  };

  async function goOn({ leasing }: ListedJob['job']) {
    if (isUsed) return;
    isUsed = true;
    const rest: JobPart = ids
      ? { wanted: new Set(ids.filter((id) => !taken.has(id))), total: ids.length - taken.size, foreseen: undefined }
      : {
          except: taken,
          insertedBefore: leasing?.insertedBefore,
          ...(total !== undefined && { total: Math.max(0, total - taken.size) }),
        };
    try {
      isUsed = (await begin(rest)) !== false;
    } catch (error) {
      isUsed = false;
      toast({
        title: 'The rest could not be begun',
        detail: error instanceof Error ? error.message : String(error),
        tone: 'danger',
      });
    }
  }

  if (!ids) return { most: TRIED_FIRST, onTaken, next, ...(!filter && { total: TRIED_FIRST }) };
  // Those that a dialog leaves out of what was chosen, it leaves out here too.
  const chosen = chosenIds(wanted);
  const first = ids.filter((id) => chosen?.has(id) ?? true).slice(0, TRIED_FIRST);
  return { wanted: new Set(first), total: first.length, foreseen: undefined, onTaken, next };
}
