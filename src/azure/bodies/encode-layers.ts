import { bytesToBase64, hexOf } from './base64';
import { type DecodeOptions, decodeBody } from './decode-body';
import { bytesOf } from './decoders';
import type { Content, Stage } from './model';

/** `raw` says in a sentence why the text was not unwrapped, although it could be decoded. */
export type Unwrapped = { text: string; layers: Layer[]; raw?: string };

/**
 * Unwraps a message text to what a person can edit, with the layers for `wrapText`. A text that could not be encoded
 * exactly as it was (other decoders, damaged or too large compressed data, bytes that are no text) is returned as it is.
 * `steps`: as for `decodeBody`.
 */
export async function unwrapText(
  text: string,
  { steps, signal }: Pick<DecodeOptions, 'steps' | 'signal'> = {},
): Promise<Unwrapped> {
  const { stages } = await decodeBody(text, { steps, signal });
  const asItCame = (raw: string): Unwrapped => ({ text, layers: [], raw });
  const problem = stages.find((stage) => stage.problem !== undefined)?.problem;
  if (problem !== undefined) return asItCame(problem);
  const inner = stages.at(-1);
  if (inner?.text === undefined) return asItCame('These bytes are no text.');
  if (stages.length > 1 && isTooLarge(inner.text))
    return asItCame(
      `The text inside is over ${MOST_EDITED.characters / 1024} KiB or ${MOST_EDITED.lines.toLocaleString('en-GB')} lines.`,
    );
  const layers: Layer[] = [];
  for (const [index, stage] of stages.slice(0, -1).entries()) {
    // The text stage before JSON or XML is no layer.
    if (stage.kind === 'text') continue;
    const layer = await layerOf(stage, contentOf(stages[index + 1]));
    if (layer === undefined) return asItCame(`${stage.label} cannot be written again exactly as it was.`);
    layers.push(layer);
  }
  return { text: inner.text, layers };
}

/** The reverse of `unwrapText`. Compressed bytes may differ from the original ones; their content does not. */
export async function wrapText(text: string, layers: readonly Layer[]): Promise<string> {
  let content: Content = text;
  for (const layer of layers.toReversed()) content = await writerOf(layer)(content);
  return typeof content === 'string' ? content : bytesToBase64(content);
}

/** Of a text that the editor takes: one that is packed may be a thousand times the message, and an editor is no viewer. */
const MOST_EDITED = { characters: 256 * 1024, lines: 20_000 };

/** Whether a text is more than the editor takes. */
export function isTooLarge(text: string): boolean {
  if (text.length > MOST_EDITED.characters) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && lines <= MOST_EDITED.lines; at = text.indexOf('\n', at + 1)) lines++;
  return lines > MOST_EDITED.lines;
}

const writerOf = (layer: Layer): Writer => WRITERS[layer];
const contentOf = (stage: Stage | undefined): Content => stage?.text ?? stage?.bytes ?? '';

/** The layer that turns `inner` into this stage again; undefined when none does. */
async function layerOf(stage: Stage, inner: Content): Promise<Layer | undefined> {
  const ways = WAYS[stage.kind] ?? [];
  // Every compressor writes other bytes for the same content, so bytes cannot be compared.
  if (stage.kind === 'gzip') return ways.find((way) => way === stage.label);
  for (const way of ways) {
    if (isSame(await writerOf(way)(inner), contentOf(stage))) return way;
  }
  return undefined;
}

const WAYS: Partial<Record<Stage['kind'], readonly Layer[]>> = {
  base64: ['base64'],
  gzip: ['gzip', 'zlib', 'deflate'],
  hex: ['hex', 'HEX'],
  url: ['url', 'url-strict', 'url-form'],
  'utf-16': ['utf-16le', 'utf-16be', 'utf-16le-bom', 'utf-16be-bom'],
};

type Writer = (content: Content) => Content | Promise<Content>;
const WRITERS = {
  base64: (content) => bytesToBase64(bytesOf(content)),
  gzip: (content) => pack(bytesOf(content), 'gzip'),
  zlib: (content) => pack(bytesOf(content), 'deflate'),
  deflate: (content) => pack(bytesOf(content), 'deflate-raw'),
  hex: (content) => hexOf(bytesOf(content)),
  HEX: (content) => hexOf(bytesOf(content)).toUpperCase(),
  url: (content) => encodeURIComponent(textOf(content)),
  // RFC 3986, as .NET and Python escape.
  'url-strict': (content) =>
    encodeURIComponent(textOf(content)).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  'url-form': (content) => new URLSearchParams({ '': textOf(content) }).toString().slice(1),
  'utf-16le': (content) => utf16(textOf(content), true),
  'utf-16be': (content) => utf16(textOf(content), false),
  'utf-16le-bom': (content) => utf16(`\ufeff${textOf(content)}`, true),
  'utf-16be-bom': (content) => utf16(`\ufeff${textOf(content)}`, false),
} satisfies Record<string, Writer>;

/**
 * Encodings around a readable text, outermost first: `['base64', 'gzip']`. Variants of one encoding are layers of their
 * own, so that a message is saved in the variant that it had.
 */
export type Layer = keyof typeof WRITERS;

/** A lone surrogate has no UTF-8 and becomes U+FFFD. */
const textOf = (content: Content) =>
  typeof content === 'string' ? content.toWellFormed() : new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);

function utf16(text: string, isLittleEndian: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return new Uint8Array(view.buffer);
}

async function pack(bytes: Uint8Array<ArrayBuffer>, format: CompressionFormat) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function isSame(one: Content, other: Content): boolean {
  const [left, right] = [bytesOf(one), bytesOf(other)];
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
