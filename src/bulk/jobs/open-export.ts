import type { Message } from '@/azure/protocol/model';
import type { MessageRecord } from '@/messages/record';
import { exportMessages, type RowWriter, toStream } from '../files/export-messages';
import type { FileFormat } from '../files/file-format';
import type { ExportedMessage, ExportField } from '../files/write-row';
import type { Source } from './job';

/** `rowOf`: as of `exportMessages`. */
export type ExportFormat = {
  format: FileFormat;
  fields?: readonly ExportField[];
  guarded?: boolean;
  rowOf?: RowWriter;
};

/** The message with the time at which it is next visible, where it is leased. */
export const withNextVisible = (message: Message, { lease }: MessageRecord): ExportedMessage =>
  lease?.state === 'held' || lease?.state === 'unknown'
    ? { ...message, nextVisible: new Date(lease.visibleAt) }
    : message;

/** Opens a file that is written message by message, no faster than the disk accepts. */
export function openExport(stream: WritableStream<Uint8Array<ArrayBuffer>>, options: ExportFormat) {
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

/** The functions of a source that receive and return its leases; undefined for loaded messages, which have none. */
export const forwardEnding = <Item>({ close, leasedNow, standing, abandon, hold, stop, ...others }: Source<Item>) => ({
  close,
  leasedNow,
  standing,
  abandon,
  hold,
  stop,
  network: others.network,
  checkLeases: others.checkLeases,
});
