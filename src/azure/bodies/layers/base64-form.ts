import { bytesToBase64, isMeant, PLAIN_WORD, readableText } from '../base64';

/** How a Base64 text is written. */
type Form = {
  isUrl: boolean;
  isPadded: boolean;
  /** Characters of a line; 0: one line. */
  width: number;
  /** What stands between two lines. */
  between: string;
  before: string;
  after: string;
};

const BLANK = /[ \t\n\v\f\r]+/;
const ALPHABETS = [/^[A-Za-z0-9+/]*={0,2}$/, /^[A-Za-z0-9_-]*={0,2}$/] as const;

/** Bytes of a Base64 text. `bare` is the text without blanks. */
type Read = { bytes: Uint8Array<ArrayBuffer>; bare: string; isPadded: boolean };

/**
 * Reads Base64 as decoders in the field accept it: with blanks and line ends anywhere, with padding or without, in either
 * alphabet but not both. Undefined for other texts, and where the spare bits of the end are not zero, which no encoder writes.
 */
function readBase64(text: string): Read | undefined {
  const bare = text.startsWith('\ufeff') ? squeezed(text.slice(1)) : squeezed(text);
  if (bare === '' || !ALPHABETS.some((alphabet) => alphabet.test(bare))) return undefined;
  const end = bare.indexOf('=');
  const digits = end < 0 ? bare : bare.slice(0, end);
  if (digits.length % 4 === 1 || (end >= 0 && bare.length % 4 !== 0)) return undefined;
  const standard = digits.replaceAll('-', '+').replaceAll('_', '/');
  const binary = atob(standard);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  const last = bytesToBase64(bytes.subarray(bytes.length - (bytes.length % 3 || 3))).replace(/=+$/, '');
  return standard.endsWith(last) ? { bytes, bare, isPadded: end >= 0 } : undefined;
}

const squeezed = (text: string) => (BLANK.test(text) ? text.split(BLANK).join('') : text);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads a text that may be Base64; undefined also for words, numbers and digests, which are Base64 by accident. */
export function readLikelyBase64(text: string): Read | undefined {
  const read = readBase64(text);
  return read && !PLAIN_WORD.test(read.bare) && !UUID.test(read.bare) ? read : undefined;
}

/** How a Base64 text was written, for `writeForm`; undefined where that does not write it again exactly. */
export function formOf(text: string): string | undefined {
  const read = readBase64(text);
  if (!read) return undefined;
  const [, before = '', first = '', between = '', rest = ''] =
    /^([ \t\n\v\f\r]*)([^ \t\n\v\f\r]+)([ \t\n\v\f\r]*)([^]*)$/.exec(text) ?? [];
  const isWrapped = rest !== '';
  const after = isWrapped ? text.slice(endOfText(text)) : between;
  const form: Form = {
    isUrl: /[-_]/.test(read.bare),
    isPadded: read.isPadded || read.bytes.length % 3 === 0,
    width: isWrapped ? first.length : 0,
    between: isWrapped ? between : '',
    before,
    after,
  };
  const written = JSON.stringify(form);
  if (writeForm(read.bytes, written) === text) return written;
  return undefined;
}

function endOfText(text: string): number {
  let end = text.length;
  while (end > 0 && BLANK.test(text.charAt(end - 1))) end--;
  return end;
}

/** Writes bytes as Base64 in a form that `formOf` returned. */
export function writeForm(bytes: Uint8Array, written: string): string {
  const form = JSON.parse(written) as Form;
  let text = bytesToBase64(bytes);
  if (!form.isPadded) text = text.replace(/=+$/, '');
  if (form.isUrl) text = text.replaceAll('+', '-').replaceAll('/', '_');
  if (form.width > 0) text = linesOf(text, form.width).join(form.between);
  return form.before + text + form.after;
}

function linesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += width) lines.push(text.slice(at, at + width));
  return lines;
}

/**
 * The text inside a Base64 text, and what writes another one in the same form; undefined where it is not Base64 of text
 * beyond doubt, or would not be written again exactly.
 */
export function textInBase64(text: string): { inner: string; write: (inner: string) => string } | undefined {
  const read = readLikelyBase64(text);
  const inner = read && readableText(read.bytes);
  if (!read || inner === undefined || !(read.isPadded || isMeant(inner, read.bytes.length))) return undefined;
  const form = formOf(text);
  if (form === undefined) return undefined;
  return { inner, write: (changed) => writeForm(new TextEncoder().encode(changed), form) };
}
