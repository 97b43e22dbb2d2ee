import { decode } from 'cborg';
import type { Decoded } from './model';
import { valueAsJson } from './value-as-json';

type Tag = (read: () => unknown) => unknown;
const big = (bytes: unknown) =>
  bytes instanceof Uint8Array ? bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) : bytes;
/** RFC 8949, section 3.4: dates, big numbers, and the tag of self-described CBOR. */
const tags: Record<number, Tag> = {
  0: (read) => read(),
  1: (read) => new Date(Number(read()) * 1000),
  2: (read) => big(read()),
  3: (read) => {
    const value = big(read());
    return typeof value === 'bigint' ? -1n - value : value;
  },
  55799: (read) => read(),
};

/** Decodes one CBOR value that spans all of the bytes into readable JSON. */
export function decodeCbor(bytes: Uint8Array<ArrayBuffer>): Decoded {
  try {
    return { content: valueAsJson(decode(bytes, { useMaps: true, allowBigInt: true, tags })) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problem: `Not CBOR: ${message.replace(/^CBOR decode error:? ?/, '')}.` };
  }
}
