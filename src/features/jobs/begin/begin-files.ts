import type { QueryClient } from '@tanstack/react-query';
import type { RowWriter } from '@/bulk/files/export-messages';
import type { ImportRow, ImportRules } from '@/bulk/files/import-row';
import { startExport } from '@/bulk/jobs/export-job';
import { startImport } from '@/bulk/jobs/import-messages';
import type { ExportFormat } from '@/bulk/jobs/open-export';
import { returnedFast } from '@/bulk/planning/walk-time';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { filterText } from '@/search/filter-words';
import type { ListedJob } from '@/state/jobs/job-store';
import { beginJournal } from '@/state/journal/job-journals';
import { stepsOf } from '@/state/settings/own-steps';
import type { FileCheck } from '../files/check-file';
import type { Destination } from '../files/export-file';
import type { JobPart } from '../shared/job-part';
import type { PaceOptions } from '../shared/pace-options';
import { foreseenOf, type ReturnOrder, type Scope } from '../shared/scope';
import { beginJob } from './begin-job';
import type { GoOn } from './begin-journal';

type Export = ExportFormat & {
  scope: Scope;
  destination: Destination;
  /** Messages received at most of a whole queue; 0: all. */
  limit: number;
  /** How a whole queue is returned, where a person chose. */
  order?: ReturnOrder;
  /** The part of the scope that is meant. */
  part?: JobPart;
};

/** Begins to write messages to a file, which is handed over at the end. */
export function beginExport(
  client: QueryClient,
  from: QueueTarget,
  { scope, destination: { stream, save }, limit, order, part = {}, ...format }: Export,
): ListedJob {
  const total = limit > 0 && scope.total !== undefined ? Math.min(limit, scope.total) : scope.total;
  const { next, ...rest } = part;
  const what = { kind: 'export', where: from.queue } as const;
  // What is loaded is written without a request.
  const journal = scope.isWhole
    ? beginJournal({ ...what, noun: 'message', steps: ['write'], from: from.records.ref, total })
    : undefined;
  const job = startExport({
    ...(journal && { onOutcome: journal.ended<{ id: string }>(({ id }) => id) }),
    from: journal?.target(from) ?? from,
    wanted: scope.wanted,
    stream,
    rowOf: rowOffThePage(from),
    ...format,
    ...(limit > 0 && { cap: limit }),
    ...(order && { returnedAtATime: order === 'kept' ? 1 : returnedFast(from.connections) }),
    ...(total !== undefined && { total }),
    foreseen: scope.isWhole ? foreseenOf(scope) : undefined,
    ...rest,
  });
  return beginJob(client, {
    ...what,
    job,
    journal,
    filter: scope.filter && filterText(scope.filter),
    next,
    canRetry: false,
    changes: scope.isWhole ? [from] : [],
    ...(save && { onEnd: save, after: { label: 'Save file', run: save } }),
  });
}

/** Writes a row that has a decoded body in the worker, by the steps that its message is shown by. */
export const rowOffThePage =
  ({ account, queue }: QueueTarget): RowWriter =>
  async (message, form, isFirst) => {
    const { decoder } = await import('@/search/decode-client');
    const steps = stepsOf(account.id, queue, message.id);
    return decoder.run({ kind: 'row', text: message.text, steps, message, form, isFirst });
  };

type Import = PaceOptions & {
  file: File;
  rules: ImportRules;
  /** The check of the file as far as it got. */
  check: FileCheck | undefined;
  /** False for a queue that has to be created first; undefined when queues cannot be listed. */
  isThere: boolean | undefined;
  /** An import of the same file that was cut off. */
  goOn?: GoOn | undefined;
};

/**
 * Begins to add the messages of a file to a queue, which it creates first if need be.
 * @throws whatever creating the queue threw; no job has begun then.
 */
export async function beginImport(
  client: QueryClient,
  to: QueueTarget,
  { file, rules, check, isThere, goOn, ...pace }: Import,
): Promise<ListedJob> {
  if (isThere === false) await to.account.createQueue(to.queue);
  const what = { kind: 'import', where: `${file.name} to ${to.queue}` } as const;
  const { except, maybeCopied } = goOn?.continuation ?? {};
  const total = check?.isWhole ? Math.max(0, check.rows - (except?.size ?? 0)) : undefined;
  const journal =
    goOn?.journal ?? beginJournal({ ...what, noun: 'message', steps: ['send'], from: to.records.ref, total });
  const job = startImport(file, journal.target(to), {
    onOutcome: journal.ended<ImportRow>(({ row }) => String(row)),
    ...rules,
    name: file.name,
    except,
    maybeSent: maybeCopied,
    ...check?.guess?.layout,
    ...pace,
    ...(total !== undefined && { total }),
  });
  return beginJob(client, {
    ...what,
    job,
    journal,
    changes: [to],
  });
}
