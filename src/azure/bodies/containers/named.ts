import { exactly } from '../../../words/counts';
import { readableText } from '../base64';
import { nameOf } from './name-of';

/** A file or serialiser known by its first bytes. `strings`: the texts inside, which are only listed; nothing is run. */
export type Named = { label: string; strings?: readonly string[]; remark?: string };

type Signature = readonly [hex: string, name: string, at?: number];

/** First bytes, from the formats' specifications; `at` is an offset. */
const SIGNATURES: readonly Signature[] = [
  ['28b52ffd', 'zstd'],
  ['04224d18', 'LZ4'],
  ['ff060000734e61507059', 'Snappy'],
  ['425a6831314159265359', 'bzip2'],
  ['fd377a585a00', 'xz'],
  ['377abcaf271c', '7-Zip archive'],
  ['526172211a07', 'RAR archive'],
  ['7573746172', 'tar archive', 257],
  ['255044462d', 'PDF document'],
  ['89504e470d0a1a0a', 'PNG image'],
  ['ffd8ff', 'JPEG image'],
  ['47494638', 'GIF image'],
  ['57454250', 'WebP image', 8],
  ['49492a00', 'TIFF image'],
  ['4d4d002a', 'TIFF image'],
  ['50415231', 'Parquet file'],
  ['4f5243', 'ORC file'],
  ['53514c69746520666f726d6174203300', 'SQLite database'],
  ['d0cf11e0a1b11ae1', 'Microsoft Office document (OLE)'],
  ['0061736d01000000', 'WebAssembly module'],
  ['7f454c46', 'ELF program'],
  ['cafebabe0000', 'Java class'],
  ['3a290a', 'Smile (binary JSON)'],
  ['e00100ea', 'Amazon Ion'],
  ['62706c697374', 'property list'],
  ['894844460d0a1a0a', 'HDF5 file'],
  ['4152524f5731', 'Arrow file'],
  ['c301', 'Avro value'],
  ['8221', 'Thrift call, compact'],
  ['80010001', 'Thrift call'],
  ['80010002', 'Thrift reply'],
  ['664c6143', 'FLAC audio'],
  ['494433', 'MP3 audio'],
  ['4f676753', 'Ogg audio'],
  ['66747970', 'MP4 video', 4],
];

/** Sections of AMQP 1.0 that a message begins with. */
const AMQP: readonly Signature[] = [
  ['005370', 'AMQP message'],
  ['005375', 'AMQP data'],
  ['005377', 'AMQP value'],
];

/** Signatures so short that random bytes have them too often. */
const IS_SHORT = 6;

/**
 * Names bytes by their first bytes; undefined for all others. `isBase64Sure`: that these are bytes is known by other means,
 * so that a short signature is enough.
 */
export function namedBytes(bytes: Uint8Array, isBase64Sure: boolean): Named | undefined {
  const own = serialised(bytes, isBase64Sure);
  if (own) return own;
  const found = SIGNATURES.find(([hex, , at = 0]) => hasHex(bytes, hex, at));
  if (!found || (found[0].length <= IS_SHORT && !isBase64Sure && bytes.length < 24)) return undefined;
  const more = detailOf(found[1], bytes);
  return { label: more === undefined ? found[1] : `${found[1]}, ${more}` };
}

/** What the head of a file says of its content; undefined where it says nothing. */
function detailOf(name: string, bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (name === 'PNG image' && bytes.length >= 24) return `${view.getUint32(16)} × ${view.getUint32(20)}`;
  if (name === 'GIF image' && bytes.length >= 10) return `${view.getUint16(6, true)} × ${view.getUint16(8, true)}`;
  if (name === 'tar archive') return nameOf(UTF8.decode(bytes.subarray(0, Math.min(100, bytes.indexOf(0)))));
  if (name !== 'zstd') return undefined;
  const size = zstdSize(view);
  return size === undefined ? undefined : `${exactly(Number(size), 'byte')} unpacked`;
}

const UTF8 = new TextDecoder();

/** The size of the content that a frame of zstd declares (RFC 8878, 3.1.1.1), where it does. */
function zstdSize(view: DataView): bigint | undefined {
  if (view.byteLength < 18) return undefined;
  const descriptor = view.getUint8(4);
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const at = 5 + (isSingle ? 0 : 1) + dictionary;
  switch (descriptor >> 6) {
    case 0:
      return isSingle ? BigInt(view.getUint8(at)) : undefined;
    case 1:
      return BigInt(view.getUint16(at, true) + 256);
    case 2:
      return BigInt(view.getUint32(at, true));
  }
  return view.getBigUint64(at, true);
}

function hasHex(bytes: Uint8Array, hex: string, at: number): boolean {
  for (let index = 0; index < hex.length / 2; index++)
    if (bytes[at + index] !== parseInt(hex.slice(index * 2, index * 2 + 2), 16)) return false;
  return true;
}

function serialised(bytes: Uint8Array, isBase64Sure: boolean): Named | undefined {
  if (isPickle(bytes)) {
    const strings = pickled(bytes);
    return {
      label: `Python pickle, protocol ${bytes[1] ?? 0}`,
      strings,
      remark: 'A pickle is a program. It is not run; its texts are listed.',
    };
  }
  if (hasHex(bytes, 'aced0005', 0)) {
    const strings = javaTexts(bytes);
    const isObject = bytes[4] === 0x73;
    const name = strings[0] === undefined ? '' : isObject ? `, ${nameOf(strings[0])}` : ', String';
    return { label: `Java object${name}`, strings, remark: 'It is not loaded; its names and texts are listed.' };
  }
  if (hasHex(bytes, '0001000000ffffffff01000000', 0)) {
    const strings = netTexts(bytes);
    const type = strings.find((text) => /^[\w.]+(?:`\d.*)?$/.test(text) && text.includes('.'));
    return {
      label: `.NET BinaryFormatter${type === undefined ? '' : `, ${nameOf(type)}`}`,
      strings,
      remark: 'It is not loaded; its names and texts are listed.',
    };
  }
  const amqp = AMQP.find(([hex]) => hasHex(bytes, hex, 0));
  if (amqp && (isBase64Sure || bytes.length >= 24)) return { label: amqp[1], strings: amqpTexts(bytes) };
  return undefined;
}

/** A pickle of protocol 2 to 5: its head, and the stop at its end. */
function isPickle(bytes: Uint8Array): boolean {
  const [first, protocol = 0, third = 0] = bytes;
  if (first !== 0x80 || protocol < 2 || protocol > 5 || bytes.at(-1) !== 0x2e || bytes.length < 4) return false;
  // From protocol 4 on a frame follows, and before it the first opcode of a value.
  return protocol >= 4 ? third === 0x95 || bytes.length < 8 : PICKLE_FIRST.has(third);
}
/** `}`, `]`, `(`, `X`, `U`, `c`, `K`, `M`, `J`, `)`, `C`, `B`, `G`, `N`, `T` and the booleans. */
const PICKLE_FIRST: ReadonlySet<number> = new Set([
  0x7d, 0x5d, 0x28, 0x58, 0x55, 0x63, 0x4b, 0x4d, 0x4a, 0x29, 0x43, 0x42, 0x47, 0x4e, 0x54, 0x88, 0x89,
]);

const MOST_STRINGS = 1000;
/** A length that is not one would have the same bytes read over and over. */
const MOST_TRIED = 64 * 1024;

/** Texts with their length before them. `sizeAt`: the size of the length and its value, where a text may begin. */
function textsOf(bytes: Uint8Array, sizeAt: (at: number) => { head: number; size: number } | undefined): string[] {
  const found: string[] = [];
  let tried = 0;
  for (let at = 0; at < bytes.length && found.length < MOST_STRINGS; ) {
    const length = sizeAt(at);
    const start = at + (length?.head ?? 0);
    const isInside = length !== undefined && length.size > 0 && start + length.size <= bytes.length;
    const text =
      isInside && tried < bytes.length + MOST_TRIED
        ? readableText(bytes.subarray(start, start + length.size))
        : undefined;
    if (isInside && text === undefined) tried += length.size;
    if (text !== undefined) found.push(text);
    at = text !== undefined && length ? start + length.size : at + 1;
  }
  return found;
}

const little = (bytes: Uint8Array, at: number) =>
  (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100 + (bytes[at + 2] ?? 0) * 0x1_0000 + (bytes[at + 3] ?? 0) * 0x100_0000;

function pickled(bytes: Uint8Array): string[] {
  return textsOf(bytes.subarray(2), (offset) => {
    const at = offset + 2;
    const opcode = bytes[at] ?? 0;
    if (opcode === 0x8c || opcode === 0x43 || opcode === 0x55) return { head: 2, size: bytes[at + 1] ?? 0 };
    return opcode === 0x58 || opcode === 0x42 || opcode === 0x54 ? { head: 5, size: little(bytes, at + 1) } : undefined;
  });
}

/** Texts and binaries of AMQP 1.0, 1.6: `a0` and `a1` with one byte of length, `b0` and `b1` with four. */
function amqpTexts(bytes: Uint8Array): string[] {
  return textsOf(bytes, (at) => {
    const type = bytes[at] ?? 0;
    if (at < 3 || (type !== 0xa0 && type !== 0xa1 && type !== 0xb0 && type !== 0xb1)) return undefined;
    if (type < 0xb0) return { head: 2, size: bytes[at + 1] ?? 0 };
    return { head: 5, size: little(Uint8Array.from(bytes.subarray(at + 1, at + 5)).toReversed(), 0) };
  });
}

/** Names of classes (`r`) and texts (`t`), both with two bytes of length. */
function javaTexts(bytes: Uint8Array): string[] {
  return textsOf(bytes, (at) =>
    at >= 4 && (bytes[at] === 0x72 || bytes[at] === 0x74)
      ? { head: 3, size: (bytes[at + 1] ?? 0) * 0x100 + (bytes[at + 2] ?? 0) }
      : undefined,
  );
}

/** Libraries (0c), classes (04, 05) and texts (06) of [MS-NRBF]: a number of four bytes, then the length in groups of 7 bits. */
function netTexts(bytes: Uint8Array): string[] {
  return textsOf(bytes, (at) => {
    const record = bytes[at] ?? 0;
    if (at < 17 || (record !== 0x0c && record !== 0x04 && record !== 0x05 && record !== 0x06)) return undefined;
    const first = bytes[at + 5] ?? 0;
    const second = bytes[at + 6] ?? 0;
    if (first < 0x80) return { head: 6, size: first };
    return second < 0x80 ? { head: 7, size: (first & 0x7f) + second * 0x80 } : undefined;
  });
}
