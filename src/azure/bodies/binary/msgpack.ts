import type { Budget } from '../budget';
import type { Decoded } from '../model';
import { type BinaryReader, decodeBinary, Malformed } from './binary-reader';

/** Decodes one MessagePack value that spans all of the bytes into readable JSON. */
export const decodeMsgpack = (bytes: Uint8Array<ArrayBuffer>, budget: Budget): Decoded =>
  decodeBinary('MessagePack', bytes, budget, value);

function value(reader: BinaryReader): void {
  const head = reader.uint8();
  const item = () => value(reader);
  if (head < 0x80) return reader.writeNumber(head);
  if (head >= 0xe0) return reader.writeNumber(head - 0x100);
  if (head < 0x90) return reader.map(head & 0xf, item);
  if (head < 0xa0) return reader.list(head & 0xf, item);
  if (head < 0xc0) return reader.writeText(reader.text(head & 0x1f));
  switch (head) {
    case 0xc0:
      return reader.write('null');
    case 0xc2:
      return reader.write('false');
    case 0xc3:
      return reader.write('true');
    case 0xc4:
    case 0xc5:
    case 0xc6:
      return reader.writeBytes(reader.bytes(reader.uint(SIZES[head - 0xc4] ?? 4)));
    case 0xc7:
    case 0xc8:
    case 0xc9:
      return extension(reader, reader.uint(SIZES[head - 0xc7] ?? 4));
    case 0xca:
      return reader.writeNumber(reader.float(4));
    case 0xcb:
      return reader.writeNumber(reader.float(8));
    case 0xcc:
    case 0xcd:
    case 0xce:
      return reader.writeNumber(reader.uint(SIZES[head - 0xcc] ?? 4));
    case 0xcf:
      return reader.write(String(reader.uint64()));
    case 0xd0:
    case 0xd1:
    case 0xd2:
      return reader.writeNumber(reader.int(SIZES[head - 0xd0] ?? 4));
    case 0xd3:
      return reader.write(String(reader.int64()));
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return extension(reader, 1 << (head - 0xd4));
    case 0xd9:
    case 0xda:
    case 0xdb:
      return reader.writeText(reader.text(reader.uint(SIZES[head - 0xd9] ?? 4)));
    case 0xdc:
    case 0xdd:
      return reader.list(reader.uint(head === 0xdc ? 2 : 4), item);
    case 0xde:
    case 0xdf:
      return reader.map(reader.uint(head === 0xde ? 2 : 4), item);
  }
  throw new Malformed(`it has no type 0x${head.toString(16)}`);
}

const SIZES = [1, 2, 4] as const;

/** A timestamp as a date, others as `{"extension":1,"data":"0x…"}`. */
function extension(reader: BinaryReader, size: number): void {
  const type = reader.int(1);
  if (type === -1 && size === 4) return reader.writeDate(reader.uint(4) * 1000);
  if (type === -1 && size === 8) {
    const packed = reader.uint64();
    return reader.writeDate(Number(packed & 0x3_ffff_ffffn) * 1000 + Number(packed >> 34n) / 1e6);
  }
  if (type === -1 && size === 12) {
    const nanoseconds = reader.uint(4);
    return reader.writeDate(Number(reader.int64()) * 1000 + nanoseconds / 1e6);
  }
  reader.write(`{"extension":${type},"data":`);
  reader.writeBytes(reader.bytes(size));
  reader.write('}');
}
