/*
 * Which strings of a body may be inner values, by a look at their characters: it decodes nothing, so the page may look, too.
 */

/** The content of the string literal from `start` up to `end`; undefined when it is not one. */
export function contentOf(text: string, start: number, end: number): string | undefined {
  const source = text.slice(start, end);
  if (!source.includes('\\')) return source.slice(1, -1);
  try {
    return JSON.parse(source) as string;
  } catch {
    return undefined;
  }
}

/** A string literal of a body, from its first quote up to after its last. */
type Literal = { start: number; end: number };

/** Yields the strings of a JSON text that may be inner values, in one pass; keys are left out. It may be almost JSON, too. */
export function* innerCandidates(text: string): Generator<Literal> {
  for (let start = text.indexOf('"'); start >= 0; ) {
    const end = endOfLiteral(text, start);
    if (end < 0) return;
    if (mayBeInner(text, start, end) && !isKey(text, end)) yield { start, end };
    start = text.indexOf('"', end);
  }
}

function endOfLiteral(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return -1;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (at < end + 64 && text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === 0x3a;
}

/** Whether a body may hold inner values. A look at its characters, and none at what they mean. */
export function mayHoldInner(text: string): boolean {
  return /^\s*[{[]/.test(text.slice(0, 64)) && innerCandidates(text).next().done !== true;
}

/** First letters of Base64 are looked at: so many, which are six bytes. */
const LOOKED_AT = 8;
/** What URL escapes and hex digits begin with that are JSON, XML or gzip. */
const ESCAPED = /^(?:%(?:7b|5b|3c|22)|(?:0x)?(?:7b|5b|3c|1f8b08|efbbbf)[\da-f]{6,10})/i;

/**
 * Whether the string literal from `start` up to `end` may be more than words. It looks at the first characters alone, so
 * that a hundred thousand messages are looked through in a moment; `innerValue` of `inner-values.ts` decides.
 */
export function mayBeInner(text: string, start: number, end: number): boolean {
  let at = start + 1;
  const last = end - 1;
  // Blanks, and those that are written as escapes.
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0xfeff) at++;
    else if (code === 0x5c && 'nrt'.includes(text.charAt(at + 1))) at += 2;
    else break;
    if (at >= last || at > start + 200) return false;
  }
  const size = last - at;
  if (size < 2) return false;
  switch (text.charAt(at)) {
    case '{':
    case '[':
    case '<':
    case '\\':
    case '&':
      return true;
    case 'b':
      if (text.charAt(at + 1) === "'" || text.startsWith('\\"', at + 1)) return true;
      break;
    default:
  }
  if (size < LOOKED_AT) return false;
  return mayBeBase64(text, at) || ESCAPED.test(text.slice(at, at + 14));
}

/** Whether the first eight letters are Base64 of the beginning of a text, of packed data or of an object. */
function mayBeBase64(text: string, at: number): boolean {
  let bits = 0;
  const bytes: number[] = [];
  for (let index = 0; index < LOOKED_AT; index++) {
    const value = SIX_BITS[text.charCodeAt(at + index)];
    if (value === undefined || value < 0) return false;
    bits = (bits << 6) | value;
    if (index % 4 !== 3) continue;
    // Padding is at the end alone.
    bytes.push((bits >> 16) & 0xff, (bits >> 8) & 0xff, bits & 0xff);
    bits = 0;
  }
  return isBeginning(bytes);
}

/** Six bits by character code, of both alphabets; `=` is zero. */
const SIX_BITS = (() => {
  const table = new Int8Array(128).fill(-1);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let value = 0; value < 64; value++) table[alphabet.charCodeAt(value)] = value;
  table['-'.charCodeAt(0)] = 62;
  table['_'.charCodeAt(0)] = 63;
  table['='.charCodeAt(0)] = 0;
  return table;
})();

function isBeginning(bytes: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (first === 0x1f && second === 0x8b) return true;
  if (first === 0x78 && (first * 256 + second) % 31 === 0) return true;
  // Byte order marks and UTF-16.
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  if ((second === 0 && fourth === 0) || (first === 0 && third === 0)) return true;
  // A zip archive, zstd, Avro, a serialised object of Java.
  const signature = (first << 8) | second;
  if (signature === 0x504b || signature === 0x28b5 || signature === 0x4f62 || signature === 0xaced) return true;
  // A string of DataContract, a pickle of Python, gzip behind its length.
  if (signature === 0x4006 || (first === 0x80 && second >= 2 && second <= 5)) return true;
  if (bytes[4] === 0x1f && bytes[5] === 0x8b) return true;
  return isMapBeginning(bytes) || isTextBeginning(bytes);
}

/** Whether bytes are the beginning of a short map of MessagePack or CBOR whose first key is a name. */
function isMapBeginning([first = 0, second = 0, ...name]: readonly number[]): boolean {
  const isMap = (first >= 0x81 && first <= 0x8f) || (first >= 0xa1 && first <= 0xb7) || first === 0xbf;
  const length =
    second >= 0xa1 && second <= 0xbf ? second - 0xa0 : second >= 0x61 && second <= 0x77 ? second - 0x60 : 0;
  return isMap && length > 0 && name.slice(0, length).every((byte) => /[\w$.@-]/.test(String.fromCharCode(byte)));
}

/** Whether bytes are the beginning of UTF-8 without control characters; zeros may be what padding stands for. */
function isTextBeginning(bytes: readonly number[]): boolean {
  let open = 0;
  for (const [index, byte] of bytes.entries()) {
    if (open > 0) {
      if ((byte & 0xc0) !== 0x80) return false;
      open--;
    } else if (byte >= 0xc2 && byte <= 0xf4) open = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    else if (byte >= 0x7f) return false;
    else if (byte < 0x20 && byte !== 9 && byte !== 0x0a && byte !== 0x0d && !(byte === 0 && index > 3)) return false;
  }
  return true;
}
