/** The file cannot be read further; what was read before remains valid. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
}

/** Encodings that are read. Those of Unicode are strict; each byte of `windows-1252` is a character. */
export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/**
 * Reads a file as pieces of text, without a byte order mark; by default UTF-8, or UTF-16 with a byte order mark. Calls `onRead`
 * with the bytes read so far.
 * @throws FileProblem for bytes that are no text.
 */
export async function* readText(
  source: Blob | ReadableStream<Uint8Array>,
  onRead: (bytes: number) => void = () => {},
  encoding?: TextEncoding,
): AsyncGenerator<string> {
  const reader = (source instanceof Blob ? source.stream() : source).getReader();
  let decoder: TextDecoder | undefined;
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      decoder ??= new TextDecoder(encoding ?? markedEncoding(value ?? new Uint8Array()) ?? 'utf-8', { fatal: true });
      const piece = decode(decoder, value);
      if (piece !== '') yield piece;
      if (done) return;
      bytes += value.length;
      onRead(bytes);
    }
  } finally {
    await reader.cancel();
  }
}

/** Share of zero bytes on one side of the pairs from which on a text is UTF-16; that of Latin letters has nearly all. */
const ZEROS = 0.3;

/**
 * Guesses the encoding of a text from its first bytes: by its byte order mark, by the zeros of UTF-16, or UTF-8 when it is
 * that, and else Windows-1252, which older programs write.
 */
export function guessEncoding(start: Uint8Array): TextEncoding {
  const marked = markedEncoding(start);
  if (marked) return marked;
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const enough = Math.max(1, (start.length / 2) * ZEROS);
  if (odd >= enough && odd > even) return 'utf-16le';
  if (even >= enough) return 'utf-16be';
  try {
    // A character may be cut at the end.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

function markedEncoding([first, second, third]: Uint8Array): TextEncoding | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

function decode(decoder: TextDecoder, bytes: Uint8Array | undefined): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new FileProblem(`The file is not ${decoder.encoding.toUpperCase()} text.`, { cause });
  }
}
