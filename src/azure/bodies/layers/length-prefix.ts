import type { Decoded } from '../model';

/** `size`: bytes of the length; `isSure`: that it is long enough to be no accident. */
type Prefix = { size: number; label: string; isSure?: boolean };

/** What stands before the content of bytes; undefined where they do not begin with their length. */
export function lengthPrefix(bytes: Uint8Array): Prefix | undefined {
  if (bytes.length < 3) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 4) {
    const rest = bytes.length - 4;
    const [big, little] = [view.getUint32(0), view.getUint32(0, true)];
    if (little === rest) return { size: 4, label: 'Length, 4 bytes', isSure: true };
    if (big === rest) return { size: 4, label: 'Length, 4 bytes, big-endian', isSure: true };
    // The length of what is packed, as .NET and Qt write it.
    if (isPacked(bytes, 4)) return { size: 4, label: big > little ? 'Length, 4 bytes' : 'Length, 4 bytes, big-endian' };
  }
  // A frame of gRPC: whether it is packed, and the length.
  if (bytes.length > 5 && (bytes[0] ?? 2) < 2 && view.getUint32(1) === bytes.length - 5)
    return { size: 5, label: 'gRPC frame', isSure: true };
  // The wire format of Confluent: a zero and the number of the schema.
  if (bytes[0] === 0 && (bytes[5] === 0x7b || bytes[5] === 0x5b)) return { size: 5, label: 'Schema number, 5 bytes' };
  if (view.getUint16(0, true) === bytes.length - 2) return { size: 2, label: 'Length, 2 bytes' };
  if (view.getUint16(0) === bytes.length - 2) return { size: 2, label: 'Length, 2 bytes, big-endian' };
  return groupsOf7(bytes);
}

/** The length of `BinaryWriter.Write(string)` of .NET: 7 bits in each byte. */
function groupsOf7(bytes: Uint8Array): Prefix | undefined {
  let value = 0;
  for (let at = 0; at < 5; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return value === bytes.length - at - 1 ? { size: at + 1, label: 'Length' } : undefined;
  }
  return undefined;
}

function isPacked(bytes: Uint8Array, at: number): boolean {
  const [first = 0, second = 0, third] = bytes.subarray(at, at + 3);
  return (first === 0x1f && second === 0x8b && third === 8) || (first === 0x78 && (first * 256 + second) % 31 === 0);
}

/** Takes a length at the beginning off: of the bytes behind it, or of what is packed in them. */
export function decodeLengthPrefix(bytes: Uint8Array<ArrayBuffer>): Decoded {
  const found = lengthPrefix(bytes);
  return found
    ? { content: bytes.subarray(found.size), label: found.label }
    : { problem: 'No length prefix: the bytes do not begin with their length.' };
}
