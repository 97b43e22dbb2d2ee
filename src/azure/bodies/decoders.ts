import { exactly } from '../../words/counts';
import { readableText, utf8 } from './base64';
import { bytesOf } from './base64-text';
import type { Budget } from './budget';
import { unpack } from './decompress';
import { decodeByteList } from './layers/byte-list';
import { type Charset, decodeCharset, decodeUtf32 } from './layers/charsets';
import { decodeDataUrl } from './layers/data-url';
import { decodeJsonString } from './layers/json-string';
import { decodeLengthPrefix } from './layers/length-prefix';
import { decodePythonBytes } from './layers/python-bytes';
import { decodeQuotes } from './layers/quotes';
import { decodeTrailingNul } from './layers/trailing-nul';
import { decodeXmlEscapes } from './layers/xml-escapes';
import { type Content, type Decoded, STEP_LABELS, type Stage, type Step } from './model';

type Decoder = {
  kind: Stage['kind'];
  decode: (content: Content, budget: Budget) => Promise<Decoded> | Decoded;
};

/** Every decode step. A step that fails says why in a sentence. */
export const DECODERS: Record<Step, Decoder> = {
  base64: { kind: 'base64', decode: (content) => decodeBase64(textOf(content)) },
  hex: { kind: 'hex', decode: (content) => decodeHex(textOf(content)) },
  url: { kind: 'url', decode: (content) => decodeUrl(textOf(content)) },
  'json-string': { kind: 'json-string', decode: (content) => decodeJsonString(textOf(content)) },
  'xml-escapes': { kind: 'xml-escapes', decode: (content) => decodeXmlEscapes(textOf(content)) },
  'python-bytes': { kind: 'python-bytes', decode: (content) => decodePythonBytes(textOf(content)) },
  quotes: { kind: 'quotes', decode: (content) => decodeQuotes(textOf(content)) },
  'byte-list': { kind: 'byte-list', decode: (content) => decodeByteList(textOf(content)) },
  'data-url': { kind: 'data-url', decode: (content) => decodeDataUrl(textOf(content)) },
  nul: { kind: 'nul', decode: decodeTrailingNul },
  length: { kind: 'length', decode: (content) => decodeLengthPrefix(bytesOf(content)) },
  gzip: packed('gzip'),
  zlib: packed('zlib'),
  deflate: packed('deflate'),
  brotli: packed('brotli'),
  zip: {
    kind: 'zip',
    decode: async (content, budget) => (await import('./containers/zip')).decodeZip(bytesOf(content), budget),
  },
  msgpack: {
    kind: 'msgpack',
    decode: async (content, budget) => (await import('./binary/msgpack')).decodeMsgpack(bytesOf(content), budget),
  },
  cbor: {
    kind: 'cbor',
    decode: async (content, budget) => (await import('./binary/cbor')).decodeCbor(bytesOf(content), budget),
  },
  bson: {
    kind: 'bson',
    decode: async (content, budget) => (await import('./binary/bson')).decodeBson(bytesOf(content), budget),
  },
  avro: {
    kind: 'avro',
    decode: async (content, budget) => (await import('./containers/avro')).decodeAvro(bytesOf(content), budget),
  },
  protobuf: {
    kind: 'protobuf',
    decode: async (content, budget) => (await import('./binary/protobuf')).decodeProtobuf(bytesOf(content), budget),
  },
  datacontract: {
    kind: 'datacontract',
    decode: async (content, budget) =>
      (await import('./containers/datacontract')).decodeDataContract(bytesOf(content), budget),
  },
  'utf-16': { kind: 'utf-16', decode: (content) => decodeUtf16(bytesOf(content)) },
  'utf-32': { kind: 'charset', decode: (content) => decodeUtf32(bytesOf(content)) },
  'windows-1252': inCharset('windows-1252'),
  'windows-1250': inCharset('windows-1250'),
  'windows-1251': inCharset('windows-1251'),
  shift_jis: inCharset('shift_jis'),
  'euc-kr': inCharset('euc-kr'),
  gb18030: inCharset('gb18030'),
  big5: inCharset('big5'),
};

function inCharset(charset: Charset): Decoder {
  return { kind: 'charset', decode: (content) => decodeCharset(charset, STEP_LABELS[charset], bytesOf(content)) };
}

function packed(compression: 'gzip' | 'zlib' | 'deflate' | 'brotli'): Decoder {
  return {
    kind: 'gzip',
    async decode(content, budget) {
      const { bytes, ...problems } = await unpack(bytesOf(content), compression, budget);
      return problems.problem === undefined || bytes.length > 0 ? { content: bytes, ...problems } : problems;
    },
  };
}

const textOf = (content: Content) => (typeof content === 'string' ? content : utf8(content));

/** Lenient Base64: with either alphabet, with or without padding, over several lines. */
function decodeBase64(text: string | undefined): Decoded {
  if (text === undefined) return { problem: 'Not Base64: these bytes are no text.' };
  const wrong = /[^A-Za-z0-9+/_\-=\s]/u.exec(text);
  if (wrong) return { problem: `Not Base64: ${named(wrong[0])} at character ${wrong.index + 1}.` };
  const padded = text.replace(/\s/g, '').replace(/-/g, '+').replace(/_/g, '/');
  let end = padded.length;
  while (padded[end - 1] === '=') end--;
  const bare = padded.slice(0, end);
  if (bare.includes('=')) return { problem: 'Not Base64: an = before the end.' };
  if (bare.length % 4 === 1)
    return { problem: `Not Base64: ${exactly(bare.length, 'character')} cannot be whole bytes.` };
  return { content: Uint8Array.from(atob(bare), (char) => char.charCodeAt(0)) };
}

function decodeHex(text: string | undefined): Decoded {
  if (text === undefined) return { problem: 'Not hex: these bytes are no text.' };
  const bare = text.replace(/^\s*0x/i, '').replace(/[\s:-]/g, '');
  const wrong = /[^0-9a-f]/iu.exec(bare);
  if (wrong) return { problem: `Not hex: ${named(wrong[0])} is no digit of it.` };
  if (bare.length % 2 === 1) return { problem: `Not hex: ${exactly(bare.length, 'digit')}, and two make a byte.` };
  const bytes = new Uint8Array(bare.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = parseInt(bare.slice(at * 2, at * 2 + 2), 16);
  return { content: bytes };
}

function decodeUrl(text: string | undefined): Decoded {
  if (text === undefined) return { problem: 'Not URL-encoded: these bytes are no text.' };
  if (!/[%+]/.test(text)) return { problem: 'Not URL-encoded: there is no % and no + in it.' };
  const wrong = /%(?![0-9a-f]{2})/i.exec(text);
  if (wrong) return { problem: `Not URL-encoded: two hex digits must follow the % at character ${wrong.index + 1}.` };
  try {
    return { content: decodeURIComponent(text.replaceAll('+', ' ')) };
  } catch {
    return { problem: 'Not URL-encoded: the bytes that its escapes stand for are no UTF-8.' };
  }
}

/** UTF-16 by its byte order mark, else little-endian as Windows and .NET write it, unless only big-endian is printable. */
function decodeUtf16(bytes: Uint8Array<ArrayBuffer>): Decoded {
  if (bytes.length === 0 || bytes.length % 2 === 1)
    return { problem: `Not UTF-16: ${exactly(bytes.length, 'byte')}, and two make a character.` };
  const byteOrderMark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const orders =
    byteOrderMark === 0xfeff ? ['utf-16be'] : byteOrderMark === 0xfffe ? ['utf-16le'] : ['utf-16le', 'utf-16be'];
  for (const order of orders) {
    const text = printable(order, bytes);
    if (text !== undefined) return { content: text };
  }
  return { problem: 'Not UTF-16: it would hold halves of characters, control characters or unused ones.' };
}

function printable(order: string, bytes: Uint8Array<ArrayBuffer>): string | undefined {
  try {
    const text = new TextDecoder(order, { fatal: true }).decode(bytes);
    return isPrintable(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** True without control characters other than tab and line ends, unassigned characters and surrogates. */
const isPrintable = (text: string) =>
  !/[\p{Cn}\p{Co}\p{Cs}\ufffd]/u.test(text) && readableText(new TextEncoder().encode(text)) !== undefined;

const named = (char: string) => (/[\p{L}\p{N}\p{P}\p{S}]/u.test(char) ? char : `U+${hexOf(char)}`);
const hexOf = (char: string) => (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
