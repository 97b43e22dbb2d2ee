import { exactly, plural, upToTenths } from '../../words/counts';
import type { Budget } from './budget';

/** `deflate` is the raw stream, without the header and the checksum of zlib. */
export type Compression = 'gzip' | 'zlib' | 'deflate' | 'brotli';
/** `problem` says in a sentence what is wrong or left out; `bytes` are those before it. `stopped`: as of `DecodedBody`. */
export type Unpacked = { bytes: Uint8Array<ArrayBuffer>; problem?: string; stopped?: string };

const MiB = 1024 * 1024;
/** Names of `DecompressionStream`. */
const PLATFORM = { gzip: 'gzip', zlib: 'deflate', deflate: 'deflate-raw', brotli: 'brotli' } as const;
/**
 * Packed bytes that are given at a time. A browser unpacks all that it is given before it hands out the first piece:
 * a thousand times the size for deflate, and up to 16 MiB of a few bytes for brotli.
 */
const PIECE_BYTES = { gzip: 512, zlib: 512, deflate: 512, brotli: 16 } as const;

/** Each member of gzip takes a stream of its own. */
const STEPS_A_MEMBER = 200;

/**
 * Decompresses until the end, a fault or the budget, from which the bytes are taken. gzip of several members (RFC 1952, 2.2) is
 * read to the end of the last, and what follows the data is said. Rejects only when its signal aborts.
 */
export async function unpack(
  packed: Uint8Array<ArrayBuffer>,
  compression: Compression,
  budget: Budget,
): Promise<Unpacked> {
  if (!unpackerFor(compression))
    return { bytes: new Uint8Array(), problem: `This browser cannot unpack ${compression}.` };
  if (budget.bytes <= 0)
    return { bytes: new Uint8Array(), problem: 'Stopped: no more is unpacked.', stopped: 'no more is unpacked' };
  const out = createOutput(budget);
  for (let at = 0; ; ) {
    const start = out.size();
    if (budget.steps < STEPS_A_MEMBER) {
      const stopped = 'more members of gzip than one message may have';
      return { bytes: out.all(), problem: `Stopped: ${stopped}.`, stopped };
    }
    budget.steps -= STEPS_A_MEMBER;
    const end = await unpackInto(out, at === 0 ? packed : packed.subarray(at), compression, budget);
    if (end === 'full') return out.cut();
    // A browser takes whatever follows the data for damage, and Node says nothing of it.
    const next = endOfData(packed, at, compression, out.since(start));
    if (next === undefined) {
      if (end === 'whole') return { bytes: out.all() };
      const size = out.size();
      return {
        bytes: out.all(),
        problem:
          size > 0
            ? `The ${compression} data is damaged after ${size} ${plural(size, 'byte')}.`
            : `This is not sound ${compression} data.`,
      };
    }
    const rest = packed.subarray(next);
    if (compression === 'gzip' && rest[0] === 0x1f && rest[1] === 0x8b && end !== 'whole') {
      at = next;
      continue;
    }
    // Blocks of tapes and disks are filled up with zeros.
    if (rest.every((byte) => byte === 0)) return { bytes: out.all() };
    return { bytes: out.all(), problem: `${exactly(rest.length, 'byte')} follow the ${compression} data.` };
  }
}

/** Bytes that come out, up to those of the budget and one more, which tells whether the limit cuts a character. */
function createOutput(budget: Budget) {
  const limit = budget.bytes;
  let bytes = new Uint8Array(Math.min(limit + 1, 4096));
  let size = 0;
  return {
    size: () => size,
    all: () => bytes.slice(0, size),
    since: (start: number) => bytes.subarray(start, size),
    /** Adds bytes; false when the limit is passed. */
    add(more: Uint8Array): boolean {
      const taken = more.subarray(0, limit + 1 - size);
      if (size + taken.length > bytes.length) {
        const larger = new Uint8Array(Math.min(limit + 1, 2 * (size + taken.length)));
        larger.set(bytes.subarray(0, size));
        bytes = larger;
      }
      bytes.set(taken, size);
      size += taken.length;
      budget.bytes = Math.max(0, limit - size);
      return size <= limit;
    },
    /** What is within the limit. A cut in the middle of a character would make text look like bytes. */
    cut(): Unpacked {
      let end = limit;
      while (end > 0 && limit - end < 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
      const stopped = `only the first ${upToTenths(limit / MiB)} MiB are unpacked`;
      return { bytes: bytes.slice(0, end), problem: `${stopped.replace('only', 'Only')}.`, stopped };
    },
  };
}

type Output = ReturnType<typeof createOutput>;

/** How unpacking ended: at the end of the data, at the limit, or at a fault or for want of more. */
type End = 'whole' | 'full' | 'fault';

async function unpackInto(
  out: Output,
  packed: Uint8Array<ArrayBuffer>,
  compression: Compression,
  budget: Budget,
): Promise<End> {
  const unpacker = unpackerFor(compression);
  if (!unpacker) return 'fault';
  const reader = inPieces(packed, PIECE_BYTES[compression]).pipeThrough(unpacker).getReader();
  try {
    for (;;) {
      budget.signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return 'whole';
      if (out.add(value)) continue;
      void reader.cancel().catch(() => {});
      return 'full';
    }
  } catch {
    budget.signal?.throwIfAborted();
    return 'fault';
  }
}

/**
 * The offset behind the data that begins at `start`, by the checksum of what came out of it (and, for gzip, its length);
 * undefined where that is not found, or the data ends with the bytes.
 */
function endOfData(
  packed: Uint8Array,
  start: number,
  compression: Compression,
  unpacked: Uint8Array,
): number | undefined {
  if (compression !== 'gzip' && compression !== 'zlib') return undefined;
  const trailer = compression === 'gzip' ? gzipTrailer(unpacked) : zlibTrailer(unpacked);
  const first = start + (compression === 'gzip' ? GZIP_HEAD : ZLIB_HEAD);
  const ends = (at: number) => trailer.every((byte, index) => packed[at + index] === byte);
  if (ends(packed.length - trailer.length)) return undefined;
  for (let at = packed.indexOf(trailer[0] ?? 0, first); at >= 0; at = packed.indexOf(trailer[0] ?? 0, at + 1))
    if (at + trailer.length < packed.length && ends(at)) return at + trailer.length;
  return undefined;
}

/** The head and at least two bytes of data. */
const GZIP_HEAD = 12;
const ZLIB_HEAD = 4;

/** The checksum and the length at the end of a member of gzip. */
function gzipTrailer(unpacked: Uint8Array): number[] {
  let crc = 0xffff_ffff;
  for (const byte of unpacked) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return [...littleEndian(~crc), ...littleEndian(unpacked.length)];
}

/** The checksum at the end of zlib data. */
function zlibTrailer(unpacked: Uint8Array): number[] {
  let [low, high] = [1, 0];
  for (const byte of unpacked) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return [...littleEndian((high << 16) | low)].toReversed();
}

const littleEndian = (value: number) => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function unpackerFor(compression: Compression): DecompressionStream | undefined {
  try {
    // TypeScript and some browsers do not know brotli.
    return new DecompressionStream(PLATFORM[compression] as CompressionFormat);
  } catch {
    return undefined;
  }
}

/** Gives the next piece only when it is asked for. */
function inPieces(bytes: Uint8Array<ArrayBuffer>, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += size)));
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
