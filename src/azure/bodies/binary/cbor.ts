import type { Budget } from '../budget';
import type { Decoded } from '../model';
import { type BinaryReader, decodeBinary, Malformed } from './binary-reader';

/** Decodes one CBOR value (RFC 8949) that spans all of the bytes into readable JSON. */
export const decodeCbor = (bytes: Uint8Array<ArrayBuffer>, budget: Budget): Decoded =>
  decodeBinary('CBOR', bytes, budget, value);

const BREAK = 0xff;
/** Additional information of a head that announces no length. */
const INDEFINITE = 31;

function value(reader: BinaryReader): void {
  const head = reader.uint8();
  const major = head >> 5;
  const info = head & 31;
  if (major === 7) return simple(reader, info);
  const isOpen = info === INDEFINITE && major >= 2 && major <= 5;
  const argument = isOpen ? undefined : argumentOf(reader, info);
  switch (major) {
    case 0:
      return reader.write(String(argument));
    case 1:
      return reader.write(String(-1n - BigInt(argument ?? 0)));
    case 2:
      return reader.writeBytes(stringOf(reader, major, argument));
    case 3:
      return reader.writeText(UTF8.decode(stringOf(reader, major, argument)));
    case 4:
    case 5: {
      const count = argument === undefined ? undefined : Number(argument);
      const item = () => value(reader);
      return major === 4 ? reader.list(count, item, endOf(reader)) : reader.map(count, item, endOf(reader));
    }
  }
  return tagged(reader, Number(argument));
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

function argumentOf(reader: BinaryReader, info: number): number | bigint {
  if (info < 24) return info;
  if (info === 24) return reader.uint(1);
  if (info === 25) return reader.uint(2);
  if (info === 26) return reader.uint(4);
  if (info === 27) return reader.uint64();
  throw new Malformed(`a head has the reserved length ${info}`);
}

/** Ends an open list or map at its break. */
const endOf = (reader: BinaryReader) => () => {
  if (reader.peek() !== BREAK) return false;
  reader.uint8();
  return true;
};

/** The bytes of a string; one of open length comes in chunks of its own kind. */
function stringOf(reader: BinaryReader, major: number, size: number | bigint | undefined): Uint8Array<ArrayBuffer> {
  if (size !== undefined) return reader.bytes(Number(size));
  const isEnd = endOf(reader);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  while (!isEnd()) {
    const head = reader.uint8();
    if (head >> 5 !== major || (head & 31) === INDEFINITE) throw new Malformed('a chunk of a string is no string');
    const chunk = reader.bytes(Number(argumentOf(reader, head & 31)));
    chunks.push(chunk);
    total += chunk.length;
  }
  const all = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** RFC 8949, section 3.4: dates, big numbers, and the tag of self-described CBOR. */
function tagged(reader: BinaryReader, tag: number): void {
  if (tag === 0 || tag === 55799) return reader.within(() => value(reader));
  if (tag === 1) return reader.writeDate(numberOf(reader) * 1000);
  if (tag !== 2 && tag !== 3) throw new Malformed(`tag not supported (${tag})`);
  const head = reader.uint8();
  if (head >> 5 !== 2) throw new Malformed('a big number is no bytes');
  const info = head & 31;
  const size = info === INDEFINITE ? undefined : argumentOf(reader, info);
  return reader.writeBig(stringOf(reader, 2, size), tag === 3);
}

/** A plain number, as a date has it. */
function numberOf(reader: BinaryReader): number {
  const head = reader.uint8();
  const info = head & 31;
  if (head >> 5 === 0) return Number(argumentOf(reader, info));
  if (head >> 5 === 1) return -1 - Number(argumentOf(reader, info));
  const float = head >> 5 === 7 ? floatOf(reader, info) : undefined;
  if (float === undefined) throw new Malformed('a date is no number');
  return float;
}

function floatOf(reader: BinaryReader, info: number): number | undefined {
  if (info === 25) return half(reader.uint(2));
  if (info === 26) return reader.float(4);
  return info === 27 ? reader.float(8) : undefined;
}

function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  const sign = bits >> 15 === 1 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (fraction + 1024) * 2 ** (exponent - 25));
}

function simple(reader: BinaryReader, info: number): void {
  const float = floatOf(reader, info);
  if (float !== undefined) return reader.writeNumber(float);
  const word = { 20: 'false', 21: 'true', 22: 'null', 23: 'null' }[info];
  if (word === undefined)
    throw new Malformed(info === INDEFINITE ? 'a break where a value begins' : `simple value ${info}`);
  return reader.write(word);
}
