import type { Message } from '@/azure/protocol/model';
import type { QueueRecords } from '@/messages/queue-records';
import { certainMessage, isLeaving, type MessageRecord } from '@/messages/record';
import { exportMessages, type RowWriter, toStream } from '../files/export-messages';
import type { FileFormat } from '../files/file-format';
import type { ExportedMessage, ExportField } from '../files/write-row';
import type { LeaseHandle } from '../leasing/lease-handle';
import { type Outcome, troubled } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { whyUncertain } from '../work/change-text';
import { lowerFirst } from '../work/delete-message';
import type { Job, JobOptions, Source } from './job';
import { beginningOf, messageSource, type Wanted } from './message-job';
import { startJob } from './start-job';

/** More than a browser has connections to one host, so that none is idle. */
const RENEWED_AT_A_TIME = 24;

/** `rowOf`: as of `exportMessages`. */
export type ExportFormat = {
  format: FileFormat;
  fields?: readonly ExportField[];
  guarded?: boolean;
  rowOf?: RowWriter;
};

/** A message to write to the file; without `message` it is skipped, and `reason` says why. */
type Exported = { id: string; message?: ExportedMessage; reason?: string };

export type ExportOptions = ExportFormat & {
  from: QueueTarget;
  /** These ids, from their records when each is written, without a request; or `all` of the queue, which leases them. */
  wanted: Wanted;
  stream: WritableStream<Uint8Array<ArrayBuffer>>;
  /** Messages received at most, with `all`. */
  cap?: number | undefined;
  /** Messages returned at a time, with `all`, as in `LeaseOptions`. */
  returnedAtATime?: number | undefined;
} & Pick<JobOptions<Exported, never>, 'total'>;

/**
 * Writes messages to a file, one after another in their order, and returns them in their order. The job fails when the file
 * cannot be written.
 */
export function startExport({
  from,
  wanted,
  stream,
  cap,
  returnedAtATime,
  total,
  ...format
}: ExportOptions): Job<{ id: string }, never> {
  const { now, delay } = from;
  const file = openExport(stream, format);
  const source: Source<Exported> =
    wanted === 'all'
      ? leased(
          messageSource(from, 'all', {
            name: 'Export',
            insertedBefore: beginningOf(from),
            concurrency: RENEWED_AT_A_TIME,
            returnedAtATime,
            steps: ['write'],
            total,
            cap,
          }),
        )
      : loaded(from.records, wanted);
  return startJob<Exported, never>({
    source: intoFile(source, file),
    work: async (item): Promise<Outcome<Exported, never>> => {
      if (!item.message) return troubled({ id: item.id }, 'skipped', item.reason ?? '');
      await file.write(item.message);
      return { item, kind: 'done' };
    },
    concurrency: 1,
    total,
    name: ({ id }) => id,
    now,
    delay,
  });
}

const withNextVisible = (message: Message, { lease }: MessageRecord): ExportedMessage =>
  lease?.state === 'held' || lease?.state === 'unknown'
    ? { ...message, nextVisible: new Date(lease.visibleAt) }
    : message;

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
function leased(source: Source<LeaseHandle>): Source<Exported> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const handle of source) {
        const { id, record, message, notHeldReason } = handle;
        if (notHeldReason !== undefined) yield { id, reason: `Left out: ${lowerFirst(notHeldReason)}` };
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

/** The functions of a source that receive and return its leases; undefined for loaded messages, which have none. */
const forwardEnding = <Item>({ close, leasedNow, standing, abandon, hold, stop }: Source<Item>) => ({
  close,
  leasedNow,
  standing,
  abandon,
  hold,
  stop,
});

/** Opens a file that is written message by message, no faster than the disk accepts. */
function openExport(stream: WritableStream<Uint8Array<ArrayBuffer>>, options: ExportFormat) {
  const { readable, writable } = new TransformStream<ExportedMessage, ExportedMessage>();
  const writer = writable.getWriter();
  let failure: unknown;
  const whole = toStream(exportMessages(read(readable), options))
    .pipeTo(stream)
    .catch((error: unknown) => (failure = error ?? new Error('The file could not be written.')));
  return {
    /** Why nothing more can be written; undefined while it can. */
    get failure() {
      return failure;
    },
    write: (message: ExportedMessage) => writer.write(message),
    /** Closes the file. @throws `failure`. */
    async end() {
      await writer.close().catch(() => {});
      await whole;
      if (failure !== undefined) throw failure;
    },
  };
}

/** Yields what a stream has, for browsers that cannot iterate over streams. */
async function* read<Item>(stream: ReadableStream<Item>): AsyncGenerator<Item> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
