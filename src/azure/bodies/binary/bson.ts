import type { Budget } from '../budget';
import type { Decoded } from '../model';
import { type BinaryReader, decodeBinary, Malformed } from './binary-reader';

/** Whether bytes have the length of a BSON document at their beginning and its NUL at their end. */
export function mayBeBson(bytes: Uint8Array): boolean {
  if (bytes.length < 8 || bytes.at(-1) !== 0) return false;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return a + b * 0x100 + c * 0x1_0000 + d * 0x100_0000 === bytes.length;
}

/** Decodes one BSON document (bsonspec.org, 1.1) that spans all of the bytes into readable JSON. */
export const decodeBson = (bytes: Uint8Array<ArrayBuffer>, budget: Budget): Decoded =>
  mayBeBson(bytes)
    ? decodeBinary('BSON', bytes, budget, (reader) => document(reader, false))
    : { problem: 'Not BSON: its first four bytes are not its length.' };

function document(reader: BinaryReader, isList: boolean): void {
  reader.little.int32();
  const isEnd = () => reader.peek() === 0 && reader.uint8() === 0;
  if (isList) {
    return reader.list(
      undefined,
      () => {
        const type = reader.uint8();
        reader.textToNul();
        value(reader, type);
      },
      isEnd,
    );
  }
  let type = 0;
  let isKey = true;
  reader.map(
    undefined,
    () => {
      if (isKey) {
        type = reader.uint8();
        reader.writeText(reader.textToNul());
      }
      isKey = !isKey;
      // The value is the second of the two that are asked for.
      if (isKey) value(reader, type);
    },
    isEnd,
  );
}

/** A text with its length, which counts the NUL. */
function text(reader: BinaryReader): string {
  const size = reader.little.int32();
  if (size < 1) throw new Malformed('a text has no length');
  const read = reader.text(size - 1);
  reader.uint8();
  return read;
}

function value(reader: BinaryReader, type: number): void {
  switch (type) {
    case 0x01:
      return reader.writeNumber(reader.little.float(8));
    case 0x02:
    case 0x0d:
    case 0x0e:
      return reader.writeText(text(reader));
    case 0x03:
      return document(reader, false);
    case 0x04:
      return document(reader, true);
    case 0x05: {
      const size = reader.little.int32();
      if (size < 0) throw new Malformed('bytes have no length');
      reader.uint8();
      return reader.writeBytes(reader.bytes(size));
    }
    case 0x06:
    case 0x0a:
      return reader.write('null');
    case 0x07:
      return reader.writeBytes(reader.bytes(12));
    case 0x08:
      return reader.write(reader.uint8() === 0 ? 'false' : 'true');
    case 0x09:
      return reader.writeDate(Number(reader.little.int64()));
    case 0x0b:
      return reader.writeText(`/${reader.textToNul()}/${reader.textToNul()}`);
    case 0x10:
      return reader.writeNumber(reader.little.int32());
    case 0x11:
      return reader.write(String(reader.little.uint64()));
    case 0x12:
      return reader.write(String(reader.little.int64()));
    case 0x13:
      return reader.writeBytes(reader.bytes(16));
    case 0xff:
      return reader.writeText('minKey');
    case 0x7f:
      return reader.writeText('maxKey');
  }
  throw new Malformed(`it has no type 0x${type.toString(16)}`);
}
