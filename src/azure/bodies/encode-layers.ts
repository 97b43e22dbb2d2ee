import { bytesToBase64, hexOf } from './base64';
import { bytesOf } from './base64-text';
import { writeForm } from './layers/base64-form';
import { JSON_STRING_WRITERS } from './layers/json-string';
import { writePythonBytes } from './layers/python-bytes';
import { writeTrailingNul } from './layers/trailing-nul';
import { XML_ESCAPE_WRITERS } from './layers/xml-escapes';
import type { Content } from './model';

/** Encodes a text in layers: the reverse of `unwrapText`. Compressed bytes may differ from the original ones; their content does not. */
export async function wrapText(text: string, layers: readonly Layer[]): Promise<string> {
  let content: Content = text;
  for (const layer of layers.toReversed()) content = await writerOf(layer)(content);
  return typeof content === 'string' ? content : bytesToBase64(content);
}

/** Writes the content of a layer. */
export function writerOf(layer: Layer): Writer {
  if (layer.startsWith(BASE64_FORM)) return (content) => writeForm(bytesOf(content), layer.slice(BASE64_FORM.length));
  if (layer.startsWith(NULS)) return (content) => writeTrailingNul(textOf(content), Number(layer.slice(NULS.length)));
  return WRITERS[layer as keyof typeof WRITERS];
}

/** Base64 in a form of `formOf`, which follows. */
export const BASE64_FORM = 'base64 ';
/** NULs, whose number follows. */
export const NULS = 'nul ';

type Writer = (content: Content) => Content | Promise<Content>;

/** Writers of texts as writers of contents. */
function ofTexts<Name extends string>(writers: Readonly<Record<Name, (text: string) => string>>): Record<Name, Writer> {
  const entries = Object.entries(writers) as [Name, (text: string) => string][];
  return Object.fromEntries(
    entries.map(([name, write]) => [name, (content: Content) => write(textOf(content))]),
  ) as Record<Name, Writer>;
}

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
  'python-bytes': (content) => writePythonBytes(bytesOf(content)),
  ...ofTexts(JSON_STRING_WRITERS),
  ...ofTexts(XML_ESCAPE_WRITERS),
} satisfies Record<string, Writer>;

/**
 * Encodings around a readable text, outermost first: `['base64', 'gzip']`. Variants of one encoding are layers of their
 * own, so that a message is saved in the variant that it had.
 */
export type Layer = keyof typeof WRITERS | `${typeof BASE64_FORM}${string}` | `${typeof NULS}${string}`;

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
