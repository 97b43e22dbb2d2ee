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

/** Decompresses until the end, a fault or the budget, from which the bytes are taken. Rejects only when its signal aborts. */
export async function unpack(
  packed: Uint8Array<ArrayBuffer>,
  compression: Compression,
  budget: Budget,
): Promise<Unpacked> {
  const limit = budget.bytes;
  const unpacker = unpackerFor(compression);
  if (!unpacker) return { bytes: new Uint8Array(), problem: `This browser cannot unpack ${compression}.` };
  if (limit <= 0)
    return { bytes: new Uint8Array(), problem: 'Stopped: no more is unpacked.', stopped: 'no more is unpacked' };
  const reader = inPieces(packed, PIECE_BYTES[compression]).pipeThrough(unpacker).getReader();
  let unpacked = new Uint8Array(Math.min(limit + 1, Math.max(4096, packed.length * 4)));
  let size = 0;
  try {
    for (;;) {
      budget.signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return { bytes: unpacked.slice(0, size) };
      // One byte more than the limit tells whether it cuts a character.
      const taken = value.subarray(0, limit + 1 - size);
      if (size + taken.length > unpacked.length) {
        const larger = new Uint8Array(Math.min(limit + 1, 2 * (size + taken.length)));
        larger.set(unpacked.subarray(0, size));
        unpacked = larger;
      }
      unpacked.set(taken, size);
      size += taken.length;
      budget.bytes = Math.max(0, limit - size);
      if (size <= limit) continue;
      void reader.cancel().catch(() => {});
      // A cut in the middle of a character would make text look like bytes.
      let end = limit;
      while (end > 0 && limit - end < 4 && ((unpacked[end] ?? 0) & 0xc0) === 0x80) end--;
      const stopped = `only the first ${Number((limit / MiB).toFixed(1))} MiB are unpacked`;
      return { bytes: unpacked.slice(0, end), problem: `${stopped.replace('only', 'Only')}.`, stopped };
    }
  } catch {
    budget.signal?.throwIfAborted();
    const problem =
      size > 0 ? `The ${compression} data is damaged after ${size} bytes.` : `This is not sound ${compression} data.`;
    return { bytes: unpacked.slice(0, size), problem };
  }
}

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
