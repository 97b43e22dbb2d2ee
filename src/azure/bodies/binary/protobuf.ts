import { hexOf, readableText } from '../base64';
import { type Budget, Stopped, spend } from '../budget';
import type { Decoded } from '../model';

/** Messages in messages are looked into so far; what is deeper is bytes. */
const MAX_LEVELS = 32;
/** The largest number of a field that is taken without a schema. */
const MAX_FIELD = 20_000;

/**
 * `texts`: bytes of the readable texts in it, over all levels; `fields`: how many fields were read; `isTidy`: that their
 * numbers are small and rise, as every writer writes them.
 */
export type ProtobufLook = { json: string; texts: number; fields: number; isTidy: boolean };

/** Numbers of fields that a message without a schema is believed. */
const TIDY_FIELD = 64;

/**
 * Reads bytes as the wire format of Protocol Buffers and lists the fields by number, as JSON for reading: texts, messages in
 * messages, numbers, and bytes as `"0x…"`. Without a schema it is only a look. Undefined for other bytes. The work is linear
 * for each of at most 32 levels. @throws Stopped at the limit of steps
 */
export function protobufLook(bytes: Uint8Array, budget: Budget, level = 0): ProtobufLook | undefined {
  const fields = new Map<number, string[]>();
  let [at, texts, count, highest, isTidy] = [0, 0, 0, 0, true];
  const varint = (): bigint | undefined => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return shift > 0n && byte === 0 ? undefined : value;
    }
    return undefined;
  };
  while (at < bytes.length) {
    spend(budget, 1);
    const tag = varint();
    if (tag === undefined || tag >> 3n === 0n || tag >> 3n > BigInt(MAX_FIELD)) return undefined;
    const number = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    isTidy &&= number >= highest && number <= TIDY_FIELD;
    highest = number;
    let shown: string;
    if (wire === 0) {
      const value = varint();
      if (value === undefined || value > 0xffff_ffff_ffff_ffffn) return undefined;
      shown = String(value > 0x7fff_ffff_ffff_ffffn ? BigInt.asIntN(64, value) : value);
    } else if (wire === 1 || wire === 5) {
      const size = wire === 1 ? 8 : 4;
      if (at + size > bytes.length) return undefined;
      shown = fixed(bytes.subarray(at, at + size));
      at += size;
    } else if (wire === 2) {
      const size = varint();
      if (size === undefined || size > BigInt(bytes.length - at)) return undefined;
      const data = bytes.subarray(at, at + Number(size));
      at += data.length;
      spend(budget, 1 + Math.floor(data.length / 16));
      const text = readableText(data);
      const inner = text === undefined && level < MAX_LEVELS ? protobufLook(data, budget, level + 1) : undefined;
      if (text !== undefined) texts += data.length;
      if (inner) texts += inner.texts;
      shown = text === undefined ? (inner?.json ?? `"0x${hexOf(data)}"`) : JSON.stringify(text);
    } else return undefined;
    count++;
    const same = fields.get(number);
    if (same) same.push(shown);
    else fields.set(number, [shown]);
  }
  if (count === 0) return undefined;
  const members = Array.from(
    fields,
    ([number, all]) => `"${number}":${all.length > 1 ? `[${all.join(',')}]` : all[0]}`,
  );
  return { json: `{${members.join(',')}}`, texts, fields: count, isTidy };
}

/** A number of fixed size: as a fraction where it reads like one, else whole. */
function fixed(data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const fraction = data.length === 8 ? view.getFloat64(0, true) : view.getFloat32(0, true);
  const size = Math.abs(fraction);
  if (size > 1e-6 && size < 1e15) return String(data.length === 8 ? fraction : Number(fraction.toPrecision(7)));
  return String(data.length === 8 ? view.getBigInt64(0, true) : view.getInt32(0, true));
}

/** Lists the fields of bytes that may be of Protocol Buffers. */
export function decodeProtobuf(bytes: Uint8Array, budget: Budget): Decoded {
  try {
    const look = protobufLook(bytes, budget);
    return look
      ? { content: look.json, label: 'Looks like protobuf' }
      : { problem: 'Not protobuf: its bytes are no row of fields.' };
  } catch (error) {
    if (error instanceof Stopped) return { problem: `Stopped: ${error.message}.`, stopped: error.message };
    throw error;
  }
}
