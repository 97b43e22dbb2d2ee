import { BRIEF } from '@/azure/bodies/budget';
import { type DecodeOptions, decodeBody, guessFormat } from '@/azure/bodies/decode-body';
import { type Plain, plainOf } from './compare-values';
import { parseExactly } from './exact-json';
import { type Path, parsePath, valueAt } from './json-path';
import type { Searched } from './match-filter';
import { type ColumnId, type Entry, PATH } from './protocol';

/** A message of the index, with its decoded body and format once known. */
export type IndexedMessage = Searched & {
  slot: number;
  leaseEnds: number | null;
  /** True once `body` is decoded. */
  isDecoded: boolean;
  decodedFormat: string | undefined;
  /** The limit that decoding the body ended at. */
  stopped: string | undefined;
  /** True when `body` is not all that is in the message. */
  isPart: boolean;
};

/** Creates the worker's store of messages, their decoded bodies and column values. */
export function createMessageIndex() {
  const entries: (IndexedMessage | undefined)[] = [];
  /** By column and slot; `undefined` until computed. */
  const values = new Map<ColumnId, (Plain | typeof MISSING)[]>();
  let steps: DecodeOptions['steps'];

  function put(entry: Entry) {
    const old = entries[entry.slot];
    const isSame = old !== undefined && (entry.text === undefined || entry.text === old.text);
    const text = entry.text ?? old?.text ?? '';
    const message: IndexedMessage = {
      ...entry,
      text,
      isLeased: entry.leaseEnds !== null,
      body: isSame ? old.body : '',
      isDecoded: isSame && old.isDecoded,
      decodedFormat: isSame ? old.decodedFormat : undefined,
      stopped: isSame ? old.stopped : undefined,
      isPart: isSame && old.isPart,
      format: () => (message.decodedFormat ??= guessFormat(text).format),
    };
    entries[entry.slot] = message;
    if (!isSame) for (const column of values.values()) column[entry.slot] = undefined;
  }

  function remove(slot: number) {
    entries[slot] = undefined;
    for (const column of values.values()) column[slot] = undefined;
  }

  /** Sets the decode steps and drops all decoded bodies. */
  function decodeBy(wanted: DecodeOptions['steps']) {
    steps = wanted;
    values.clear();
    for (const message of entries)
      if (message)
        Object.assign(message, {
          isDecoded: false,
          body: '',
          decodedFormat: undefined,
          stopped: undefined,
          isPart: false,
        });
  }

  /** Decodes the body; without a promise when the text needs no decoding. */
  function decode(message: IndexedMessage): Promise<void> | undefined {
    if (message.isDecoded) return undefined;
    if (steps || !/^\s*[{[<]/.test(message.text)) return decodeWhole(message);
    message.body = message.text;
    message.isDecoded = true;
    return undefined;
  }

  async function decodeWhole(message: IndexedMessage) {
    const { stages, format, stopped } = await decodeBody(message.text, { steps, limits: BRIEF });
    const text = stages.at(-1)?.text;
    message.body = text ?? '';
    message.stopped = stopped;
    // What is only nested too deep is read as a whole.
    message.isPart =
      stopped !== undefined && (text === undefined || stages.some(({ problem }) => problem !== undefined));
    message.decodedFormat = format;
    message.isDecoded = true;
  }

  /** The value at a path of the body, cached. */
  function value(message: IndexedMessage, column: ColumnId, path: Path): Plain {
    const cached = values.get(column) ?? [];
    values.set(column, cached);
    const old = cached[message.slot];
    if (old !== undefined) return old === MISSING ? undefined : old;
    const plain = plainOf(valueAt(parseExactly(message.body), path));
    cached[message.slot] = plain === undefined ? MISSING : plain;
    return plain;
  }

  /** Drops the values of all other columns. */
  function dropColumnsExcept(wanted: readonly ColumnId[]) {
    for (const column of values.keys()) if (!wanted.includes(column)) values.delete(column);
  }

  return { entries, put, remove, decodeBy, decode, value, dropColumnsExcept };
}

/** Cached absence of a value. */
const MISSING = Symbol('missing');

export type MessageIndex = ReturnType<typeof createMessageIndex>;

/** The path that a column shows; undefined for the grid's own columns. */
export function pathOf(column: ColumnId): Path | undefined {
  if (!column.startsWith(PATH)) return undefined;
  const path = parsePath(column.slice(PATH.length));
  return typeof path === 'string' ? undefined : path;
}
