const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ALPHABET = /^[A-Za-z0-9+/]+={0,2}$/;
/** A word, a number or a hex digest: valid Base64, but hardly ever meant as such. */
export const PLAIN_WORD = /^(?:[A-Z]?[a-z]+|[A-Z]+|[0-9]+|[0-9a-f]+|[0-9A-Z]+|[A-Za-z]{1,7})$/;
// oxlint-disable-next-line no-control-regex -- control characters tell bytes from text
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Bytes as Base64 with padding. */
export function bytesToBase64(bytes: Uint8Array): string {
  let binary = '';
  // Spreading more than some tens of thousands of arguments overflows the stack.
  for (let at = 0; at < bytes.length; at += 0x2000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  return btoa(binary);
}

/** Bytes of canonical Base64 (padded, no blanks, spare bits zero); undefined for any other text. */
export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !ALPHABET.test(text)) return undefined;
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  // Only the last group can have spare bits.
  return bytesToBase64(bytes.subarray(bytes.length - (bytes.length % 3 || 3))) === text.slice(-4) ? bytes : undefined;
}

/** Two lower-case hex digits a byte. */
export function hexOf(bytes: Uint8Array, separator = ''): string {
  let hex = '';
  for (let at = 0; at < bytes.length; at++) hex += (at > 0 ? separator : '') + (HEX[bytes[at] ?? 0] ?? '');
  return hex;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Decodes strict UTF-8 and leaves a byte order mark in; undefined for other bytes. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Decodes UTF-8 without control characters other than tab and line ends; undefined for other bytes. */
export function readableText(bytes: Uint8Array): string | undefined {
  const text = utf8(bytes);
  return text === undefined || CONTROL.test(text) ? undefined : text;
}

/** The compression of these bytes. Text can begin with the two bytes of zlib (`x^`, `x\u0001` …), never with those of gzip. */
export function packingOf(bytes: Uint8Array): 'gzip' | 'zlib' | undefined {
  const [first = 0, second = 0, third] = bytes;
  if (first === 0x1f && second === 0x8b && third === 8) return 'gzip';
  // RFC 1950: method 8 with a 32 KiB window, and the two bytes divide by 31.
  const isZlib = first === 0x78 && (first * 256 + second) % 31 === 0 && bytes.length > 6;
  return isZlib && readableText(bytes) === undefined ? 'zlib' : undefined;
}

/**
 * Whether a text that came out of Base64 of `size` bytes was meant, and is no accident: of random bytes one in a thousand at
 * most is as long and readable, or 6 characters of names, numbers and words, or in brackets.
 */
export const isMeant = (text: string, size: number): boolean =>
  size >= 12 || /^[\w\s.,:;/-]{6,}$|^\s*[{[<][^]*[}\]>]\s*$/.test(text);

/**
 * Decodes a message text that is Base64 beyond doubt, in its canonical form; undefined for other texts. Canonical is not
 * enough: `test`, ids and digests are. Padding, text that was meant, or a gzip header inside is proof.
 */
export function guessBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (PLAIN_WORD.test(text)) return undefined;
  const bytes = base64ToBytes(text);
  if (!bytes) return undefined;
  const inner = readableText(bytes);
  if (text.endsWith('=')) return inner !== undefined || text.length >= 8 ? bytes : undefined;
  return (inner === undefined ? packingOf(bytes) === 'gzip' : isMeant(inner, bytes.length)) ? bytes : undefined;
}
