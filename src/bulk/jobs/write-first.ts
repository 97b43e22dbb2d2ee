import type { LeaseHandle } from '../leasing/lease-handle';
import { type Outcome, troubled } from '../requests/outcome';
import { whyUncertain } from '../work/change-text';
import { notHeld } from '../work/delete-message';
import type { Source } from './job';
import { type ExportFormat, forwardEnding, openExport, withNextVisible } from './open-export';

/** A file that messages are written to before anything else is done with them. */
export type FirstFile = ExportFormat & {
  stream: WritableStream<Uint8Array<ArrayBuffer>>;
  /** Called once the file is closed, and before the first message is worked on. */
  onClosed?: (() => void) | undefined;
};

/** The messages of a source, of which those that are in the file are worked on. */
export type WrittenFirst = {
  source: (source: Source<LeaseHandle>) => Source<LeaseHandle>;
  /** Why nothing is done with a message; undefined for one that is in the file. */
  leftOut: (handle: LeaseHandle) => Outcome<LeaseHandle, never> | undefined;
};

/** Characters of texts that are kept for the steps after the file. */
const MOST_CHARACTERS = 64_000_000;

type WriteOptions = {
  /** False for a message that is not known to be meant, which is yielded without being written. */
  isMeant: (id: string) => boolean;
  /** True when the steps after the file need the texts. */
  needsTexts: boolean;
  /** Characters of texts kept at most; 64 million by default. */
  mostCharacters?: number | undefined;
};

/**
 * Writes all messages of a source to a file, which is closed before the first of them is yielded: what stands in the file can then be
 * deleted. A message that is not in the file is yielded too, so that it is named. The job fails when the file cannot be written, and
 * does nothing with any message. Where the texts are needed later and become too many, it ends there: the job does the rest with
 * what is in the file, and then fails with a sentence that says so.
 */
export function writtenFirst(
  { stream, onClosed, ...format }: FirstFile,
  { isMeant, needsTexts, mostCharacters = MOST_CHARACTERS }: WriteOptions,
): WrittenFirst {
  const written = new Set<string>();

  async function* writeAll(source: Source<LeaseHandle>, isStopped: () => boolean): AsyncGenerator<LeaseHandle> {
    const file = openExport(stream, format);
    const handles: LeaseHandle[] = [];
    let characters = 0;
    const isFull = () => characters > mostCharacters;
    try {
      for await (const handle of source) {
        if (file.failure !== undefined) throw file.failure;
        handles.push(handle);
        const { record, message } = handle;
        if (!isMeant(handle.id) || handle.state !== 'held' || !record || !message) continue;
        await file.write(withNextVisible(message, record));
        written.add(handle.id);
        characters += message.text.length;
        if (isStopped() || (isFull() && needsTexts)) break;
        if (isFull()) handle.dropText();
      }
    } finally {
      // A file that is left open would never appear.
      await file.end();
    }
    // Nothing is done any more.
    if (isStopped()) return;
    onClosed?.();
    yield* handles;
    if (isFull() && needsTexts) throw new Error(TOO_MANY);
  }

  return {
    source(source) {
      let isStopped = false;
      return {
        ...forwardEnding(source),
        done: source.done,
        stop() {
          isStopped = true;
          source.stop?.();
        },
        [Symbol.asyncIterator]: () => writeAll(source, () => isStopped),
      };
    },
    leftOut(handle) {
      if (written.has(handle.id)) return undefined;
      if (handle.state !== 'held') return notHeld(handle);
      return troubled(
        handle,
        'failed',
        `Not in the file, so that nothing was done with it: ${whyUncertain(handle.record)}`,
      );
    },
  };
}

const TOO_MANY =
  'The texts of one job take too much memory. It went on with those that are in the file: begin it again for the rest.';
