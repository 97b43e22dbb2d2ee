import { exactly } from '../../../words/counts';
import { utf8 } from '../base64';
import type { Decoded, Step } from '../model';

/** The charsets that `TextDecoder` reads, by step. */
export const CHARSETS = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'shift_jis',
  'euc-kr',
  'gb18030',
  'big5',
] as const satisfies readonly Step[];
export type Charset = (typeof CHARSETS)[number];

// oxlint-disable-next-line no-control-regex -- control characters tell bytes from text
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd\p{Cn}\p{Co}]/u;

/** The text of bytes in a charset; undefined where it holds control characters or bytes that the charset has none for. */
export function textIn(charset: Charset, bytes: Uint8Array<ArrayBuffer>): string | undefined {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    return NO_TEXT.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Reads bytes in a charset. */
export function decodeCharset(charset: Charset, label: string, bytes: Uint8Array<ArrayBuffer>): Decoded {
  if (bytes.length === 0) return { problem: `Not ${label}: there are no bytes.` };
  const content = textIn(charset, bytes);
  return content === undefined
    ? { problem: `Not ${label}: it would hold control characters or bytes without a meaning.` }
    : { content, ...(utf8(bytes) === undefined && { remark: `The bytes are not UTF-8. They are read as ${label}.` }) };
}

/** UTF-32 by its byte order mark, else little-endian unless only big-endian gives characters. */
export function decodeUtf32(bytes: Uint8Array<ArrayBuffer>): Decoded {
  if (bytes.length === 0 || bytes.length % 4 !== 0)
    return { problem: `Not UTF-32: ${exactly(bytes.length, 'byte')}, and four make a character.` };
  for (const isLittle of [true, false]) {
    const text = utf32(bytes, isLittle);
    if (text !== undefined && !NO_TEXT.test(text)) return { content: text };
  }
  return { problem: 'Not UTF-32: it would hold numbers that are no characters.' };
}

const isControl = (code: number) => code < 0x20 && code !== 9 && code !== 10 && code !== 13;

function utf32(bytes: Uint8Array<ArrayBuffer>, isLittle: boolean): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const code = view.getUint32(at, isLittle);
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000) || isControl(code)) return undefined;
    // The byte order mark is none of the text.
    if (code !== 0xfeff || at > 0) parts.push(String.fromCodePoint(code));
  }
  return parts.join('');
}
