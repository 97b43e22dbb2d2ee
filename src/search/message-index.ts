import { BRIEF } from '@/azure/bodies/budget';
import { type DecodeOptions, decodeBody, guessFormat, isJson } from '@/azure/bodies/decode-body';
import { type Plain, plainOf } from './compare-values';
import { parseExactly } from './exact-json';
import { valueInside } from './inner-paths';
import { innerTexts } from './inner-values';
import { goAlong, type Path, parsePath } from './json-path';
import type { Searched } from './match-filter';
import { mayHoldInner } from './may-be-inner';
import { type ColumnId, type Entry, PATH, type Reading } from './protocol';
import { jsonForm } from './xml-as-json';

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
  let reading: Reading = { steps: undefined, own: [] };
  let own: ReadonlyMap<string, DecodeOptions['steps']> = new Map();
  const stepsOf = (id: string) => (own.has(id) ? own.get(id) : reading.steps);

  function put(entry: Entry) {
    const old = entries[entry.slot];
    const isSame = old !== undefined && (entry.text === undefined || entry.text === old.text);
    const text = entry.text ?? old?.text ?? '';
    const message: IndexedMessage = {
      ...entry,
      text,
      isLeased: entry.leaseEnds !== null,
      body: isSame ? old.body : '',
      inner: isSame ? old.inner : undefined,
      isDecoded: isSame && old.isDecoded,
      decodedFormat: isSame ? old.decodedFormat : undefined,
      stopped: isSame ? old.stopped : undefined,
      isPart: isSame && old.isPart,
      format: () => (message.decodedFormat ??= formatOf(text)),
    };
    entries[entry.slot] = message;
    if (!isSame) for (const column of values.values()) column[entry.slot] = undefined;
  }

  function remove(slot: number) {
    entries[slot] = undefined;
    for (const column of values.values()) column[slot] = undefined;
  }

  /** Sets the decode steps, and drops the decoded bodies of those that other steps hold for; returns their slots. */
  function decodeBy(wanted: Reading): number[] {
    const before = new Map(
      entries.flatMap((message) => (message ? [[message.slot, stepsOf(message.id)?.join()]] : [])),
    );
    reading = wanted;
    own = new Map(wanted.own);
    const changed: number[] = [];
    for (const message of entries) {
      if (!message || before.get(message.slot) === stepsOf(message.id)?.join()) continue;
      changed.push(message.slot);
      for (const column of values.values()) column[message.slot] = undefined;
      Object.assign(message, {
        isDecoded: false,
        body: '',
        inner: undefined,
        decodedFormat: undefined,
        stopped: undefined,
        isPart: false,
      });
    }
    return changed;
  }

  /** Decodes the body; without a promise when the text needs no decoding. */
  function decode(message: IndexedMessage): Promise<void> | undefined {
    if (message.isDecoded) return undefined;
    if (stepsOf(message.id) || !/^\s*[{[<](?!\s*[\\&])/.test(message.text)) return decodeWhole(message);
    message.body = message.text;
    message.isDecoded = true;
    return undefined;
  }

  async function decodeWhole(message: IndexedMessage) {
    const { stages, format, stopped } = await decodeBody(message.text, { steps: stepsOf(message.id), limits: BRIEF });
    const text = stages.at(-1)?.text;
    message.body = text ?? '';
    message.stopped = stopped;
    // What is only nested too deep is read as a whole.
    message.isPart =
      stopped !== undefined && (text === undefined || stages.some(({ problem }) => problem !== undefined));
    message.decodedFormat = format;
    message.isDecoded = true;
  }

  /** Reads the inner values of a decoded body, for words; without a promise when there are none. */
  function readInner(message: IndexedMessage): Promise<void> | undefined {
    if (message.inner) return undefined;
    message.inner = [];
    return mayHoldInner(message.body) ? readInnerOf(message) : undefined;
  }

  async function readInnerOf(message: IndexedMessage) {
    const { texts, stopped } = await innerTexts(message.body, { limits: BRIEF });
    message.inner = texts;
    if (stopped === undefined) return;
    message.stopped ??= stopped;
    message.isPart = true;
  }

  /** Reads the value at a path of a decoded body; without a promise when it is not inside an inner value. */
  function readValue(message: IndexedMessage, column: ColumnId, path: Path): Promise<void> | undefined {
    const cached = values.get(column) ?? [];
    values.set(column, cached);
    if (cached[message.slot] !== undefined) return undefined;
    const way = goAlong(parseExactly(jsonForm(message.body)), path);
    const keep = (found: unknown) => {
      const plain = plainOf(found);
      cached[message.slot] = plain === undefined ? MISSING : plain;
    };
    keep(way.value);
    return way.inside === undefined ? undefined : valueInside(way.inside, way.rest, { limits: BRIEF }).then(keep);
  }

  /** The value at a path of the body; undefined until `readValue` has read it. */
  function value({ slot }: IndexedMessage, column: ColumnId): Plain {
    const plain = values.get(column)?.[slot];
    return plain === MISSING ? undefined : plain;
  }

  /** Drops the values of all other columns. */
  function dropColumnsExcept(wanted: readonly ColumnId[]) {
    for (const column of values.keys()) if (!wanted.includes(column)) values.delete(column);
  }

  return { entries, put, remove, decodeBy, decode, readInner, readValue, value, dropColumnsExcept };
}

/** The format of a text that was not decoded: what only begins as JSON is text. */
function formatOf(text: string): string {
  const { format } = guessFormat(text);
  return format === 'JSON' && !isJson(text) ? 'TEXT' : format;
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
