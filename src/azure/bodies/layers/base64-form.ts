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

const BLANK = /[ \t\n\v\f\r]/;
const ALPHABETS = [/^[A-Za-z0-9+/]*={0,4}$/, /^[A-Za-z0-9_-]*={0,4}$/] as const;

/**
 * Bytes of a Base64 text. `bare` is the text without blanks. `isPadded`: with the padding that belongs there, and some.
 * `problem`: what is wrong with its end.
 */
type Read = { bytes: Uint8Array<ArrayBuffer>; bare: string; isPadded: boolean; problem?: string };

/**
 * Reads Base64 as decoders in the field accept it: with blanks and line ends anywhere, with padding, without or with some of
 * it, in either alphabet but not both. Undefined for other texts. A text that is cut off is read up to its last whole byte.
 */
function readBase64(text: string): Read | undefined {
  const bare = text.startsWith('\ufeff') ? squeezed(text.slice(1)) : squeezed(text);
  if (bare === '' || !ALPHABETS.some((alphabet) => alphabet.test(bare))) return undefined;
  const end = bare.indexOf('=');
  const digits = end < 0 ? bare : bare.slice(0, end);
  if (digits.length < 2 || (end >= 0 && digits.length % 4 === 1)) return undefined;
  const standard = digits.replaceAll('-', '+').replaceAll('_', '/');
  const binary = atob(standard.slice(0, digits.length - (digits.length % 4 === 1 ? 1 : 0)));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  // The bits behind the last byte are zero in what an encoder has written to its end.
  const last = bytesToBase64(bytes.subarray(bytes.length - (bytes.length % 3 || 3))).replace(/=+$/, '');
  const isWhole = standard.endsWith(last) && digits.length % 4 !== 1;
  if (end >= 0 && !isWhole) return undefined;
  return {
    bytes,
    bare,
    isPadded: end >= 0 && bare.length % 4 === 0 && bare.length - end <= 2,
    ...(!isWhole && { problem: 'The Base64 is cut off: its last character is no whole byte.' }),
  };
}

const squeezed = (text: string) => text.replace(/[ \t\n\v\f\r]+/g, '');

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads a text that may be Base64; undefined also for words, numbers and digests, which are Base64 by accident. */
export function readLikelyBase64(text: string): Read | undefined {
  const read = readBase64(text);
  return read && !PLAIN_WORD.test(read.bare) && !UUID.test(read.bare) ? read : undefined;
}

/** The shortest run of characters between blanks that no sentence has. */
const LONG_RUN = 24;

/** The text with the `+` that a form has turned into blanks; undefined for texts that are not so. */
export function withPluses(text: string): string | undefined {
  const trimmed = text.trim();
  if (!trimmed.includes(' ') || /[^A-Za-z0-9/ =]/.test(trimmed)) return undefined;
  return trimmed.split(' ').some((run) => run.length >= LONG_RUN) ? trimmed.replaceAll(' ', '+') : undefined;
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
  if (
    !read ||
    read.problem !== undefined ||
    inner === undefined ||
    !(read.isPadded || isMeant(inner, read.bytes.length))
  )
    return undefined;
  const form = formOf(text);
  if (form === undefined) return undefined;
  return { inner, write: (changed) => writeForm(new TextEncoder().encode(changed), form) };
}
