/** `deflate` is the raw stream, without the header and the checksum of zlib. */
export type Compression = 'gzip' | 'zlib' | 'deflate' | 'brotli';
/** `problem` says in a sentence what is wrong or left out; `bytes` are those before it. */
export type Unpacked = { bytes: Uint8Array<ArrayBuffer>; problem?: string };
export type UnpackLimit = { maxUnpackedBytes: number; signal?: AbortSignal | undefined };

const MiB = 1024 * 1024;
/** Names of `DecompressionStream`. */
const PLATFORM = { gzip: 'gzip', zlib: 'deflate', deflate: 'deflate-raw', brotli: 'brotli' } as const;

/** Decompresses until the end, a fault or the limit. Rejects only when `signal` aborts. */
export async function unpack(
  bytes: Uint8Array<ArrayBuffer>,
  compression: Compression,
  { maxUnpackedBytes: limit, signal }: UnpackLimit,
): Promise<Unpacked> {
  const unpacker = unpackerFor(compression);
  if (!unpacker) return { bytes: new Uint8Array(), problem: `This browser cannot unpack ${compression}.` };
  const reader = new Blob([bytes]).stream().pipeThrough(unpacker).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return { bytes: joined(chunks, size) };
      chunks.push(value);
      size += value.length;
      if (size <= limit) continue;
      await reader.cancel();
      const unpacked = joined(chunks, size);
      // A cut in the middle of a character would make text look like bytes.
      let end = limit;
      while (end > 0 && ((unpacked[end] ?? 0) & 0xc0) === 0x80 && limit - end < 4) end--;
      return { bytes: unpacked.slice(0, end), problem: `Only the first ${limit / MiB} MiB are unpacked.` };
    }
  } catch {
    signal?.throwIfAborted();
    const problem =
      size > 0 ? `The ${compression} data is damaged after ${size} bytes.` : `This is not sound ${compression} data.`;
    return { bytes: joined(chunks, size), problem };
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

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk.subarray(0, size - at), at);
    at += chunk.length;
    if (at >= size) break;
  }
  return all;
}
