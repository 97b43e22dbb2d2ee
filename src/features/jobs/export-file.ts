import type { FileFormat } from '@/bulk/files/file-format';
import { saveFile } from '@/ui/browser/save-file';

type FileType = { description: string; accept: Record<string, string[]> };
type SavePicker = (options: { suggestedName: string; types: FileType[] }) => Promise<{
  createWritable: () => Promise<WritableStream<Uint8Array<ArrayBuffer>>>;
}>;

const TYPES: Record<FileFormat, FileType> = {
  jsonl: { description: 'JSON Lines', accept: { 'application/jsonl': ['.jsonl'] } },
  json: { description: 'JSON', accept: { 'application/json': ['.json'] } },
  csv: { description: 'CSV', accept: { 'text/csv': ['.csv'] } },
};

/** Where a file goes, and what is to be done once it is whole. */
export type Destination = {
  stream: WritableStream<Uint8Array<ArrayBuffer>>;
  /** Hands the file over, for a browser that gathers it first; may be called again. */
  save?: () => void;
};

/**
 * A file on disk where the browser lets a page write one, piece by piece; else one that is gathered and downloaded.
 * Undefined when the person chose no file.
 */
export async function chooseDestination(name: string, format: FileFormat): Promise<Destination | undefined> {
  const { showSaveFilePicker: pick } = globalThis as { showSaveFilePicker?: SavePicker };
  if (!pick) return gathered(name);
  try {
    const file = await pick({ suggestedName: name, types: [TYPES[format]] });
    return { stream: await file.createWritable() };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    // StorageFault by a policy, or no longer in answer to a click: a download works all the same.
    if (error instanceof DOMException && (error.name === 'SecurityError' || error.name === 'NotAllowedError')) {
      return gathered(name);
    }
    throw error;
  }
}

/** Bytes gathered before they become a Blob. */
const LARGE = 8_388_608;

function gathered(name: string): Destination {
  const whole: Blob[] = [];
  let parts: BlobPart[] = [];
  let bytes = 0;
  return {
    stream: new WritableStream({
      write(chunk) {
        parts.push(chunk);
        bytes += chunk.length;
        if (bytes < LARGE) return;
        // What is a Blob already, a browser may put on the disk.
        whole.push(new Blob(parts));
        parts = [];
        bytes = 0;
      },
    }),
    save: () => saveFile(name, new Blob([...whole, ...parts])),
  };
}
