/** The file cannot be read further; what was read before remains valid. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
}

/**
 * Reads a file as pieces of text: UTF-8, or UTF-16 with a byte order mark, which is no part of the text. Calls `onRead` with
 * the bytes read so far.
 * @throws FileProblem for bytes that are no text.
 */
export async function* readText(
  source: Blob | ReadableStream<Uint8Array>,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<string> {
  const reader = (source instanceof Blob ? source.stream() : source).getReader();
  let decoder: TextDecoder | undefined;
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      decoder ??= decoderFor(value);
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

function decoderFor([first, second]: Uint8Array = new Uint8Array()): TextDecoder {
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label, { fatal: true });
}

function decode(decoder: TextDecoder, bytes: Uint8Array | undefined): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new FileProblem(`The file is not ${decoder.encoding.toUpperCase()} text.`, { cause });
  }
}
