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

/** Where an exported file is written. */
export type Destination = {
  stream: WritableStream<Uint8Array<ArrayBuffer>>;
  /** Downloads the file, in a browser that gathers it in memory; may be called again. */
  save?: () => void;
};

/**
 * Asks for a file on disk where the browser can write one piece by piece; otherwise gathers a download. Undefined when the
 * person chose no file.
 */
export async function chooseDestination(name: string, format: FileFormat): Promise<Destination | undefined> {
  const { showSaveFilePicker: pick } = globalThis as { showSaveFilePicker?: SavePicker };
  if (!pick) return downloaded(name);
  try {
    const file = await pick({ suggestedName: name, types: [TYPES[format]] });
    return { stream: await file.createWritable() };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    // Refused by a policy, or no longer in answer to a click: a download still works.
    if (error instanceof DOMException && (error.name === 'SecurityError' || error.name === 'NotAllowedError')) {
      return downloaded(name);
    }
    throw error;
  }
}

/** Bytes that are gathered before they become a Blob. */
const BLOB_BYTES = 8_388_608;

function downloaded(name: string): Destination {
  const blobs: Blob[] = [];
  let parts: BlobPart[] = [];
  let bytes = 0;
  return {
    stream: new WritableStream({
      write(chunk) {
        parts.push(chunk);
        bytes += chunk.length;
        if (bytes < BLOB_BYTES) return;
        // The browser may put a Blob on the disk.
        blobs.push(new Blob(parts));
        parts = [];
        bytes = 0;
      },
    }),
    save: () => saveFile(name, new Blob([...blobs, ...parts])),
  };
}
