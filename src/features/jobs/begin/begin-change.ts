import type { QueryClient } from '@tanstack/react-query';
import { startMessageJob } from '@/bulk/jobs/message-job';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { changeText } from '@/bulk/work/change-text';
import { setVisibility } from '@/bulk/work/set-visibility';
import type { ListedJob } from '@/state/jobs/job-store';
import type { MessageJobForm } from '../shared/scope';
import { type ChangeForm, toChange } from '../text/text-changes';
import { beginJob } from './begin-job';

/** Begins to hide messages, each for `seconds` from its turn on; 0 makes them visible. */
export function beginSetVisibility(
  client: QueryClient,
  from: QueueTarget,
  { seconds, ...form }: MessageJobForm & { seconds: number },
): ListedJob {
  const job = startMessageJob({ name: 'Set visibility', from, work: setVisibility(seconds), ...form });
  return beginJob(client, { kind: 'visibility', where: from.queue, job, changes: [from] });
}

/** Begins to change the text of messages, or to try it in a dry run. */
export function beginChangeText(
  client: QueryClient,
  from: QueueTarget,
  { change, isDryRun, ...form }: MessageJobForm & { change: ChangeForm; isDryRun: boolean },
): ListedJob {
  const { change: work, close } = toChange(change);
  const job = startMessageJob({ name: 'Change text', from, work: changeText(work, { dryRun: isDryRun }), ...form });
  return beginJob(client, {
    kind: 'text',
    where: from.queue,
    job,
    dryRun: isDryRun,
    changes: [from],
    onEnd: close,
  });
}
