import { plural } from '../../../words/counts';
import { hexOf } from '../base64';
import { type Budget, MAX_DEPTH, Stopped, spend, TOO_DEEP } from '../budget';
import type { Decoded } from '../model';

/** The bytes are not of the format; the message says why. */
export class Malformed extends Error {}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
/** Characters of JSON for one step of the budget. */
const CHARACTERS_A_STEP = 16;
/** The digits of a longer number would take time that grows with the square of their count. */
const MAX_NUMBER_BYTES = 1024;

/**
 * Reads one value of a binary format and writes it as JSON for reading, in one pass: long numbers keep their digits, bytes
 * become `"0x…"`, dates ISO 8601, and what JSON cannot express (`NaN`, extensions) a string. Memory and time are linear in
 * the bytes, since nothing is reserved for what a head only announces.
 */
export function createBinaryReader(bytes: Uint8Array<ArrayBuffer>, budget: Budget) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let parts: string[] = [];
  let at = 0;
  let depth = 0;
  let isKey = false;

  const left = () => bytes.length - at;

  /** Passes `size` bytes and returns the offset of the first. */
  function pass(size: number): number {
    if (size > left()) throw new Malformed(`it announces ${size} ${plural(size, 'byte')} and has ${left()}`);
    const start = at;
    at += size;
    return start;
  }

  function write(json: string) {
    spend(budget, 1 + Math.floor(json.length / CHARACTERS_A_STEP));
    parts.push(json);
  }

  /** Writes a container of `count` items, or of items until `isEnd`. `least`: bytes that an item takes at least. */
  function container(brackets: '[]' | '{}', count: number | undefined, least: number, item: () => void, isEnd = never) {
    if (count !== undefined && count * least > left())
      throw new Malformed(`it announces ${count} ${plural(count, 'item')} and has ${left()} ${plural(left(), 'byte')}`);
    // JSON in the key of JSON in a key would double its quotes with each level.
    if (isKey) throw new Malformed('a list or map is a key');
    if (++depth > MAX_DEPTH) throw new Stopped(TOO_DEEP);
    write(brackets.charAt(0));
    for (let index = 0; count === undefined ? !isEnd() : index < count; index++) {
      if (index > 0) parts.push(',');
      item();
    }
    parts.push(brackets.charAt(1));
    depth--;
  }

  return {
    left,
    uint8: () => view.getUint8(pass(1)),
    peek: () => (left() > 0 ? view.getUint8(at) : undefined),
    uint(size: 1 | 2 | 4): number {
      const start = pass(size);
      return size === 1 ? view.getUint8(start) : size === 2 ? view.getUint16(start) : view.getUint32(start);
    },
    int(size: 1 | 2 | 4): number {
      const start = pass(size);
      return size === 1 ? view.getInt8(start) : size === 2 ? view.getInt16(start) : view.getInt32(start);
    },
    /** Numbers whose last byte comes first. */
    little: {
      int32: () => view.getInt32(pass(4), true),
      uint64: () => view.getBigUint64(pass(8), true),
      int64: () => view.getBigInt64(pass(8), true),
      float(size: 4 | 8): number {
        const start = pass(size);
        return size === 4 ? view.getFloat32(start, true) : view.getFloat64(start, true);
      },
    },
    /** The text up to the next NUL, which is passed too. */
    textToNul() {
      const end = bytes.indexOf(0, at);
      if (end < 0) throw new Malformed('a name has no end');
      const text = UTF8.decode(bytes.subarray(at, end));
      at = end + 1;
      return text;
    },
    uint64: () => view.getBigUint64(pass(8)),
    int64: () => view.getBigInt64(pass(8)),
    float(size: 4 | 8): number {
      const start = pass(size);
      return size === 4 ? view.getFloat32(start) : view.getFloat64(start);
    },
    bytes(size: number) {
      spend(budget, 1);
      return bytes.subarray(pass(size), at);
    },
    text: (size: number) => UTF8.decode(bytes.subarray(pass(size), at)),
    write,
    writeText: (text: string) => write(JSON.stringify(text)),
    writeNumber: (value: number) =>
      write(Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : String(value)) : `"${value}"`),
    writeBytes: (data: Uint8Array) => write(`"0x${hexOf(data)}"`),
    writeDate(ms: number) {
      const date = new Date(ms);
      write(Number.isNaN(date.getTime()) ? '"Invalid date"' : `"${date.toISOString()}"`);
    },
    /** Writes an unsigned number of any length; one that is too long in hex. */
    writeBig(data: Uint8Array, isNegative: boolean) {
      if (data.length > MAX_NUMBER_BYTES) return write(`"${isNegative ? '-1-' : ''}0x${hexOf(data)}"`);
      const value = data.length === 0 ? 0n : BigInt(`0x${hexOf(data)}`);
      return write(String(isNegative ? -1n - value : value));
    },
    list: (count: number | undefined, item: () => void, isEnd?: () => boolean) =>
      container('[]', count, 1, item, isEnd),
    /** A key that is no text becomes the text of its JSON. */
    map: (count: number | undefined, item: () => void, isEnd?: () => boolean) =>
      container(
        '{}',
        count,
        2,
        () => {
          const before = parts;
          parts = [];
          isKey = true;
          item();
          isKey = false;
          const key = parts.join('');
          parts = before;
          parts.push(key.startsWith('"') ? key : JSON.stringify(key), ':');
          item();
        },
        isEnd,
      ),
    /** Enters a value that holds just one other. */
    within(item: () => void) {
      if (++depth > MAX_DEPTH) throw new Stopped(TOO_DEEP);
      item();
      depth--;
    },
    json: () => parts.join(''),
  };
}

const never = () => false;

export type BinaryReader = ReturnType<typeof createBinaryReader>;

/** Decodes one value that spans all of the bytes into readable JSON. */
export function decodeBinary(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  budget: Budget,
  value: (reader: BinaryReader) => void,
): Decoded {
  if (bytes.length === 0) return { problem: `Not ${name}: there are no bytes.` };
  try {
    const reader = createBinaryReader(bytes, budget);
    value(reader);
    if (reader.left() > 0)
      return { problem: `Not ${name}: ${reader.left()} ${plural(reader.left(), 'byte')} follow the value.` };
    return { content: reader.json() };
  } catch (error) {
    if (error instanceof Stopped) return { problem: `Stopped: ${error.message}.`, stopped: error.message };
    if (error instanceof Malformed) return { problem: `Not ${name}: ${error.message}.` };
    throw error;
  }
}
