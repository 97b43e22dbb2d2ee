import { counted, exactly } from '../../../words/counts';
import { type Budget, Stopped, spend } from '../budget';
import { unpack } from '../decompress';
import type { Decoded } from '../model';
import { nameOf } from './name-of';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** The end record has 22 bytes and at most 64 KiB of a comment. */
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
/** Entries that are named in the chain. */
const NAMED = 3;

type Entry = { name: string; method: number; isEncrypted: boolean; packed: number; size: number; at: number };

/** True for bytes that begin as a zip archive does, or are an empty one. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/**
 * Opens a zip archive (APPNOTE 6.3): the content of its only file where that is stored or deflated, else a list of its files.
 * Sizes that it declares are not believed: what is unpacked is counted.
 */
export async function decodeZip(bytes: Uint8Array<ArrayBuffer>, budget: Budget): Promise<Decoded> {
  if (!isZip(bytes)) return { problem: 'Not zip: it does not begin with PK.' };
  try {
    const { entries, problem } = entriesOf(bytes, budget);
    const files = entries.filter(({ name }) => !name.endsWith('/'));
    const [only] = files;
    const label = labelOf(files);
    if (!only) return { content: '', label, ...(problem !== undefined && { problem }) };
    const opened = files.length === 1 ? await open(bytes, only, budget) : undefined;
    if (!opened) return { content: listOf(files), label, isList: true, ...(problem !== undefined && { problem }) };
    return { ...opened, label };
  } catch (error) {
    if (error instanceof Stopped) return { problem: `Stopped: ${error.message}.`, stopped: error.message };
    throw error;
  }
}

function labelOf(files: readonly Entry[]): string {
  const names = files.slice(0, NAMED).map(({ name }) => nameOf(name));
  if (files.length === 0) return 'zip archive, empty';
  if (files.length === 1) return `zip archive, ${names.join()}`;
  const more = files.length - names.length;
  return `zip archive, ${counted(files.length, 'file')}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const listOf = (files: readonly Entry[]) =>
  files.map(({ name, size }) => `${name}  ${exactly(size, 'byte')}`).join('\n');

function entriesOf(bytes: Uint8Array, budget: Budget): { entries: Entry[]; problem?: string } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  const entries: Entry[] = [];
  if (end === undefined) {
    const first = local(view);
    return { entries: first ? [first] : [], problem: 'The zip archive is cut off: its directory is missing.' };
  }
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    spend(budget, 1);
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL)
      return { entries, problem: 'The directory of the zip archive is damaged.' };
    const [nameSize, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    entries.push({
      name: UTF8.decode(bytes.subarray(at + 46, at + 46 + (nameSize ?? 0))),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + (nameSize ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return { entries };
}

const UTF8 = new TextDecoder();

/** The offset of the record at the end; undefined where there is none. */
function endRecord(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_BYTES - MOST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) if (view.getUint32(at, true) === END) return at;
  return undefined;
}

/** The first entry by its own head, for an archive without a directory. */
function local(view: DataView): Entry | undefined {
  if (view.byteLength < 30) return undefined;
  const size = view.getUint16(26, true);
  return {
    name: UTF8.decode(new Uint8Array(view.buffer, view.byteOffset + 30, Math.min(size, view.byteLength - 30))),
    isEncrypted: (view.getUint16(6, true) & 1) === 1,
    method: view.getUint16(8, true),
    packed: view.getUint32(18, true) || view.byteLength,
    size: view.getUint32(22, true),
    at: 0,
  };
}

/** The content of an entry; undefined where it cannot be opened. */
async function open(bytes: Uint8Array<ArrayBuffer>, entry: Entry, budget: Budget): Promise<Decoded | undefined> {
  if (entry.isEncrypted || (entry.method !== STORED && entry.method !== DEFLATED)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== LOCAL) return undefined;
  const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = bytes.slice(start, Math.min(bytes.length, start + entry.packed));
  if (entry.method === STORED) return { content: packed };
  const { bytes: content, ...rest } = await unpack(packed, 'deflate', budget);
  return content.length === 0 && rest.problem !== undefined ? undefined : { content, ...rest };
}
