import { decode, ExtData } from '@msgpack/msgpack';
import type { Decoded } from './model';
import { valueAsJson } from './value-as-json';

/** Decodes one MessagePack value that spans all of the bytes into readable JSON. */
export function decodeMsgpack(bytes: Uint8Array<ArrayBuffer>): Decoded {
  if (bytes.length === 0) return { problem: 'Not MessagePack: there are no bytes.' };
  try {
    return { content: valueAsJson(withoutExtensions(decode(bytes, { useBigInt64: true }))) };
  } catch (error) {
    return { problem: `Not MessagePack: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

function withoutExtensions(value: unknown): unknown {
  if (value instanceof ExtData) {
    const data = typeof value.data === 'function' ? value.data(0) : value.data;
    return { extension: value.type, data };
  }
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array || value instanceof Date) return value;
  return new Map(Object.entries(value).map(([key, one]) => [key, withoutExtensions(one)]));
}
