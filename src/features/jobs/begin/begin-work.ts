import type { QueryClient } from '@tanstack/react-query';
import type { ExportFormat } from '@/bulk/jobs/open-export';
import type { FirstFile } from '@/bulk/jobs/write-first';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import type { ListedJob } from '@/state/jobs/job-store';
import type { Destination } from '../files/export-file';
import type { MessageJobForm } from '../shared/scope';
import type { WorkStep } from '../shared/work-steps';
import type { ChangeForm } from '../text/apply-change';
import { rowOffThePage } from './begin-files';
import type { GoOn } from './begin-journal';
import { beginChangeText, beginDelete, beginMove, beginSetVisibility } from './begin-message-jobs';

type Work = Omit<MessageJobForm, 'file'> & {
  steps: readonly WorkStep[];
  change: ChangeForm;
  /** With the step `export`: the file that all messages are written to first. */
  file?: (ExportFormat & { destination: Destination }) | undefined;
  /** With the step `send`. */
  to: QueueTarget | undefined;
  isThere: boolean | undefined;
  isRedrive: boolean;
  /** With the step `hide`: for how long, 1 to 604,800. */
  seconds: number;
  /** Ids of chosen messages; undefined for the whole queue. */
  ids: readonly string[] | undefined;
  /** A job that was cut off. */
  goOn?: GoOn | undefined;
};

/**
 * Begins one job that takes all of the steps for each message.
 * @throws whatever creating the target threw; no job has begun then.
 */
export async function beginWork(
  client: QueryClient,
  from: QueueTarget,
  { steps, change, file, to, isThere, isRedrive, seconds, ids, ...options }: Work,
): Promise<ListedJob> {
  const form = { ...options, file: file && firstFile(from, file) };
  const changes = steps.includes('change');
  const deletes = steps.includes('delete');
  if (to && steps.includes('send')) {
    const action = deletes ? (isRedrive ? 'redrive' : 'move') : 'copy';
    return beginMove(client, { ...form, action, from, to, isThere, ...(changes && { change }) });
  }
  if (deletes) return beginDelete(client, from, { ...form, ids });
  if (steps.includes('hide')) return beginSetVisibility(client, from, { ...form, seconds, ...(changes && { change }) });
  return beginChangeText(client, from, { ...form, change, isDryRun: false });
}

/** A download is handed over once it is closed; a file on disk is written by then. */
const firstFile = (
  from: QueueTarget,
  { destination: { stream, save }, ...format }: NonNullable<Work['file']>,
): FirstFile => ({ ...format, stream, rowOf: rowOffThePage(from), onClosed: save });
