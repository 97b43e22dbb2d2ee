import type { QueueRecords } from '@/messages/queue-records';
import { certainMessage, isLeaving } from '@/messages/record';
import type { ExportedMessage } from '../files/write-row';
import type { LeaseHandle } from '../leasing/lease-handle';
import { planOfItems } from '../planning/forecast';
import { type Outcome, troubled } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { createRequestMeter } from '../requests/request-meter';
import { whyUncertain } from '../work/change-text';
import { lowerFirst } from '../work/delete-message';
import type { Job, JobOptions, Source } from './job';
import {
  beginningOf,
  chosenIds,
  type Foreseen,
  messageSource,
  noteBeginning,
  planOf,
  type ScopePart,
  UNTESTED,
  type Wanted,
} from './message-job';
import { type ExportFormat, forwardEnding, openExport, withNextVisible } from './open-export';
import { createScopeTest } from './scope-test';
import { startJob } from './start-job';

/** More than a browser has connections to one host, so that none is idle. */
const RENEWED_AT_A_TIME = 24;

/**
 * A message to write to the file; without `message` it is left out, and `reason` says why. `isUntested`: since nobody knows whether
 * it is meant.
 */
type Exported = { id: string; message?: ExportedMessage; reason?: string; isUntested?: boolean };

export type ExportOptions = ExportFormat & {
  from: QueueTarget;
  /** These ids, from their records when each is written, without a request; or messages of the queue, which are leased for it. */
  wanted: Wanted;
  stream: WritableStream<Uint8Array<ArrayBuffer>>;
  /** Messages received at most, with `all`. */
  cap?: number | undefined;
  /** Messages returned at a time, with `all`, as in `LeaseOptions`. */
  returnedAtATime?: number | undefined;
  /** As of `startMessageJob`. */
  foreseen?: Foreseen | undefined;
  onOutcome?: (outcome: Outcome<{ id: string }, never>) => void;
} & ScopePart &
  Pick<JobOptions<Exported, never>, 'total'>;

/**
 * Writes messages to a file, one after another in their order, and returns them in their order. The job fails when the file
 * cannot be written.
 */
export function startExport({
  from: queue,
  wanted,
  stream,
  cap,
  returnedAtATime,
  total,
  most,
  except,
  insertedBefore = chosenIds(wanted) ? undefined : beginningOf(queue),
  onTaken,
  foreseen,
  onOutcome,
  ...format
}: ExportOptions): Job<{ id: string }, never> {
  const meter = createRequestMeter();
  const from = meter.target(queue);
  const { now, delay } = from;
  const file = openExport(stream, format);
  noteBeginning(from, insertedBefore);
  const ids = chosenIds(wanted);
  const test = typeof wanted === 'function' ? createScopeTest(wanted) : undefined;
  const leases = { name: 'Export', returnedAtATime, steps: ['write'] as const, total, cap, most, except };
  const source: Source<Exported> = ids
    ? loaded(from.records, ids)
    : leased(
        messageSource(from, test?.judge ?? wanted, {
          ...leases,
          insertedBefore,
          concurrency: RENEWED_AT_A_TIME,
          onUntested: test?.fail,
        }),
        test?.untested,
      );
  return startJob<Exported, never>({
    source: intoFile(source, file),
    work: async (item): Promise<Outcome<Exported, never>> => {
      const { id, message, reason = '', isUntested = false } = item;
      onTaken?.(id);
      if (!message) return troubled({ id }, isUntested ? 'failed' : 'skipped', reason);
      await file.write(message);
      return { item, kind: 'done' };
    },
    concurrency: 1,
    // Of a filter, it is what it chooses from.
    total: test ? undefined : total,
    meter,
    plan: ids ? planOfItems(leases.steps, ids.size) : planOf(from, wanted, { ...leases, concurrency: 1, foreseen }),
    ...(onOutcome && { onOutcome }),
    name: ({ id }) => id,
    now,
    delay,
  });
}

/** Yields loaded messages from their records at that moment. */
function* loaded(records: QueueRecords, ids: ReadonlySet<string>): Generator<Exported> {
  for (const id of ids) {
    const record = records.get(id);
    const message = record && certainMessage(record);
    if (record && isLeaving(record)) yield { id, reason: 'Left out: it was deleted meanwhile.' };
    else if (!message) yield { id, reason: `Left out: ${whyUncertain(record)} Look at the queue again first.` };
    else yield { id, message: withNextVisible(message, record) };
  }
}

/** Yields leased messages, which stay leased until the end. */
function leased(
  source: Source<LeaseHandle>,
  untested: (id: string) => string | undefined = () => undefined,
): Source<Exported> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const handle of source) {
        const { id, record, message, notHeldReason } = handle;
        const problem = untested(id);
        if (problem !== undefined) yield { id, reason: `${UNTESTED} ${problem}`, isUntested: true };
        else if (notHeldReason !== undefined) yield { id, reason: `Left out: ${lowerFirst(notHeldReason)}` };
        else if (!record || !message) yield { id, reason: `Left out: ${whyUncertain(record)}` };
        else {
          // To return it, only its receipt is needed.
          handle.dropText();
          yield { id, message: withNextVisible(message, record) };
        }
        source.done?.(handle);
      }
    },
    ...forwardEnding(source),
  };
}

/** Stops when the file cannot be written, and closes the file before leased messages are returned. */
function intoFile(source: Source<Exported>, file: ReturnType<typeof openExport>): Source<Exported> {
  return {
    ...forwardEnding(source),
    async *[Symbol.asyncIterator]() {
      for await (const message of source) {
        if (file.failure !== undefined) throw file.failure;
        yield message;
      }
    },
    end: () => file.end(),
  };
}
