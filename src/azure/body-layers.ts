import { decodeBody, type Stage } from './body';
import { bytesToBase64, encodeBase64 } from './body-base64';

/** What a readable text was wrapped in, outermost first: `['base64', 'gzip']`. */
export type Layer = 'base64' | 'gzip' | 'zlib';

/**
 * A message text down to what a person can edit, and the layers to put back. Bytes that are no text, and packed data that
 * is damaged or too big to unpack whole, stay as they came with no layers, since only so nothing is lost.
 */
export async function unwrapText(text: string): Promise<{ text: string; layers: Layer[] }> {
  const { stages } = await decodeBody(text);
  const inner = stages.at(-1);
  const layers = stages
    .slice(0, -1)
    .flatMap(({ kind, label }) => (kind === 'text' ? [] : (layerOf(kind, label) ?? '?')));
  const isWhole = inner?.text !== undefined && stages.every(({ problem }) => problem === undefined);
  return isWhole && !layers.includes('?')
    ? { text: inner.text ?? '', layers: layers as Layer[] }
    : { text, layers: [] };
}

/** What can be put on again; what was read by another decoder is edited as it came. */
const layerOf = (kind: Stage['kind'], label: string): Layer | undefined =>
  kind === 'base64' ? 'base64' : label === 'gzip' || label === 'zlib' ? label : undefined;

/** The reverse of `unwrapText`. Packed bytes may differ from the first ones, the text in them does not. */
export async function wrapText(text: string, layers: readonly Layer[]): Promise<string> {
  if (layers.length === 0) return text;
  if (layers.length === 1) return encodeBase64(text);
  let bytes = new TextEncoder().encode(text);
  for (const layer of layers.slice(1).toReversed()) bytes = await pack(bytes, layer === 'zlib' ? 'deflate' : 'gzip');
  return bytesToBase64(bytes);
}

async function pack(bytes: Uint8Array<ArrayBuffer>, format: CompressionFormat) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
