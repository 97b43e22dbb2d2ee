import { readableText } from '../base64';
import { type BinaryReader, createBinaryReader, Malformed } from '../binary/binary-reader';
import { type Budget, Stopped } from '../budget';
import { unpack } from '../decompress';
import { isJson, jsonProblem } from '../json-tokens';
import type { Decoded } from '../model';
import { nameOf } from './name-of';

/** A schema of Avro: a name, a choice, or an object with `type`. */
type Schema = string | readonly Schema[] | { readonly [key: string]: unknown };

/** True for bytes that begin as an Avro object container file does. */
export const isAvro = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x4f && bytes[1] === 0x62 && bytes[2] === 0x6a && bytes[3] === 1;

const SYNC_BYTES = 16;
const MAGIC_BYTES = 4;

/**
 * Reads an Avro object container file (Apache Avro 1.11, "Object Container Files"): its records as a JSON list for reading
 * where its codec is `null` or `deflate`, else its schema.
 */
export async function decodeAvro(bytes: Uint8Array<ArrayBuffer>, budget: Budget): Promise<Decoded> {
  if (!isAvro(bytes)) return { problem: 'Not Avro: it does not begin as an object container file.' };
  try {
    return await readFile(bytes, budget);
  } catch (error) {
    if (error instanceof Stopped)
      return { problem: `Stopped: ${error.message}.`, stopped: error.message, label: 'Avro file' };
    if (error instanceof Malformed)
      return { problem: `The Avro file is damaged: ${error.message}.`, label: 'Avro file' };
    throw error;
  }
}

async function readFile(bytes: Uint8Array<ArrayBuffer>, budget: Budget): Promise<Decoded> {
  const head = createBinaryReader(bytes, budget);
  head.bytes(MAGIC_BYTES);
  const meta = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let count = blockCount(head); count > 0; count = blockCount(head))
    for (; count > 0; count--) {
      const key = head.text(sizeOf(head));
      meta.set(key, head.bytes(sizeOf(head)));
    }
  head.bytes(SYNC_BYTES);
  const json = new TextDecoder().decode(meta.get('avro.schema'));
  const codec = new TextDecoder().decode(meta.get('avro.codec')) || 'null';
  if (jsonProblem(json) !== undefined) throw new Malformed('its schema is not JSON');
  const schema = JSON.parse(json) as Schema;
  const label = `Avro file${schemaName(schema)}`;
  if (codec !== 'null' && codec !== 'deflate')
    return {
      content: isJson(json) ? json : JSON.stringify(schema),
      label,
      problem: `The records are packed with ${nameOf(codec)}, which is not unpacked here. This is their schema.`,
    };
  return { label, ...(await records(bytes.subarray(bytes.length - head.left()), schema, codec, budget)) };
}

function schemaName(schema: Schema): string {
  const name = typeof schema === 'object' && 'name' in schema ? schema.name : schema;
  return typeof name === 'string' ? `, ${nameOf(name)}` : '';
}

/** The records of all blocks as a JSON list; of damaged ones those before. */
async function records(rest: Uint8Array<ArrayBuffer>, schema: Schema, codec: string, budget: Budget): Promise<Decoded> {
  const names = new Map<string, Schema>();
  collectNames(schema, names, 0);
  const parts: string[] = [];
  const packedBlocks = createBinaryReader(rest, budget);
  const listed = () => `[${parts.filter((part) => part !== '').join(',')}]`;
  try {
    while (packedBlocks.left() > 0) {
      const count = sizeOf(packedBlocks);
      const packed = packedBlocks.bytes(sizeOf(packedBlocks));
      packedBlocks.bytes(SYNC_BYTES);
      const unpacked = codec === 'null' ? { bytes: packed } : await unpack(packed, 'deflate', budget);
      const reader = createBinaryReader(unpacked.bytes, budget);
      for (let index = 0; index < count; index++) {
        if (index > 0) reader.write(',');
        value(reader, schema, names);
      }
      parts.push(reader.json());
    }
    return { content: listed() };
  } catch (error) {
    if (error instanceof Stopped)
      return { content: listed(), problem: `Stopped: ${error.message}.`, stopped: error.message };
    if (error instanceof Malformed)
      return { content: listed(), problem: `The Avro file is damaged: ${error.message}.` };
    throw error;
  }
}

/** A whole number of variable length, zig-zag. */
function long(reader: BinaryReader): bigint {
  let read = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = reader.uint8();
    read |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return (read >> 1n) ^ -(read & 1n);
  }
  throw new Malformed('a number has no end');
}

function sizeOf(reader: BinaryReader): number {
  const size = Number(long(reader));
  if (size < 0) throw new Malformed('a length is below zero');
  return size;
}

/** Items of the next block of a list or map; the bytes of a block may stand behind a negative count. */
function blockCount(reader: BinaryReader): number {
  const count = Number(long(reader));
  if (count < 0) long(reader);
  return Math.abs(count);
}

const MAX_SCHEMA_LEVELS = 100;

/** Named types, which a schema may use again by name. */
function collectNames(schema: unknown, names: Map<string, Schema>, level: number): void {
  if (level > MAX_SCHEMA_LEVELS || typeof schema !== 'object' || schema === null) return;
  if (!Array.isArray(schema) && 'name' in schema && 'type' in schema && typeof schema.name === 'string') {
    const isType = schema.type === 'record' || schema.type === 'enum' || schema.type === 'fixed';
    if (isType) names.set(schema.name, schema);
  }
  for (const inner of Object.values(schema)) collectNames(inner, names, level + 1);
}

function value(reader: BinaryReader, schema: Schema, names: ReadonlyMap<string, Schema>): void {
  if (typeof schema === 'string') return primitive(reader, schema, names);
  if (Array.isArray(schema)) {
    const chosen = (schema as readonly Schema[])[sizeOf(reader)];
    if (chosen === undefined) throw new Malformed('it takes a type that is none of a choice');
    return reader.within(() => value(reader, chosen, names));
  }
  const { type, fields, symbols, items, values, size } = schema as Record<string, unknown>;
  switch (type) {
    case 'record':
    case 'error':
      return record(reader, fields, names);
    case 'enum': {
      const symbol: unknown = (symbols as unknown[] | undefined)?.[sizeOf(reader)];
      return reader.writeText(typeof symbol === 'string' ? symbol : '');
    }
    case 'fixed':
      return reader.writeBytes(reader.bytes(Number(size) || 0));
    case 'array':
      return blocks(reader, '[]', () => value(reader, items as Schema, names));
    case 'map':
      return blocks(reader, '{}', () => {
        reader.writeText(reader.text(sizeOf(reader)));
        reader.write(':');
        value(reader, values as Schema, names);
      });
  }
  if (typeof type !== 'string' && typeof type !== 'object') throw new Malformed('its schema has a type that is none');
  return reader.within(() => value(reader, type as Schema, names));
}

function record(reader: BinaryReader, fields: unknown, names: ReadonlyMap<string, Schema>): void {
  if (!Array.isArray(fields)) throw new Malformed('its schema has a record without fields');
  reader.within(() => {
    reader.write('{');
    for (const [index, field] of (fields as { name?: unknown; type?: unknown }[]).entries()) {
      if (index > 0) reader.write(',');
      reader.writeText(String(field.name));
      reader.write(':');
      value(reader, field.type as Schema, names);
    }
    reader.write('}');
  });
}

/** A list or map, in blocks up to one of no items. */
function blocks(reader: BinaryReader, brackets: '[]' | '{}', item: () => void): void {
  reader.within(() => {
    reader.write(brackets.charAt(0));
    let isFirst = true;
    for (let count = blockCount(reader); count > 0; count = blockCount(reader))
      for (; count > 0; count--) {
        if (!isFirst) reader.write(',');
        isFirst = false;
        item();
      }
    reader.write(brackets.charAt(1));
  });
}

function primitive(reader: BinaryReader, type: string, names: ReadonlyMap<string, Schema>): void {
  switch (type) {
    case 'null':
      return reader.write('null');
    case 'boolean':
      return reader.write(reader.uint8() === 0 ? 'false' : 'true');
    case 'int':
    case 'long':
      return reader.write(String(long(reader)));
    case 'float':
      return reader.writeNumber(reader.little.float(4));
    case 'double':
      return reader.writeNumber(reader.little.float(8));
    case 'bytes':
      return bytesOrText(reader, sizeOf(reader));
    case 'string':
      return reader.writeText(reader.text(sizeOf(reader)));
  }
  const named = names.get(type) ?? names.get(type.split('.').at(-1) ?? '');
  if (named === undefined) throw new Malformed(`its schema has no type ${nameOf(type)}`);
  return reader.within(() => value(reader, named, names));
}

/** Bytes, of which many are text: Event Hubs Capture keeps bodies so. */
function bytesOrText(reader: BinaryReader, size: number): void {
  const data = reader.bytes(size);
  const text = readableText(data);
  if (text === undefined) reader.writeBytes(data);
  else reader.writeText(text);
}
