import { packingOf, readableText } from './base64';
import { DECODERS } from './decoders';
import type { UnpackLimit } from './decompress';
import { isJson } from './json-tokens';
import type { Content, Decoded, DecoderNote, Step } from './model';
import { isXml } from './xml-tokens';

export type Guess = { step: Step; content: Content } | undefined;

/** Form data: `name=value` pairs. */
const FORM = /^[\w.~%+*-]+=[^=&\s]*(?:&[\w.~%+*-]+=[^=&\s]*)*$/;

/**
 * What unreadable bytes are, if that is beyond doubt: a wrong guess is worse than none. Each candidate must take all of
 * the bytes and come to something that a person can read. `said` gets what each decoder had to say.
 */
export async function guessBytes(
  bytes: Uint8Array<ArrayBuffer>,
  limit: UnpackLimit,
  said: DecoderNote[],
): Promise<Guess> {
  const tests: [Step, (decoded: Content) => boolean][] = [
    ['utf-16', (text) => typeof text === 'string' && isLikelyUtf16(text, bytes)],
    ['msgpack', isTelling],
    ['cbor', isTelling],
    // No head and no checksum: only what comes out tells.
    ['deflate', isLongEnough],
    ['brotli', isLongEnough],
  ];
  for (const [step, isSure] of tests) {
    const { label, decode } = DECODERS[step];
    const decoded = await decode(bytes, limit);
    const content = wholeOf(decoded);
    if (content !== undefined && isSure(content)) return { step, content };
    said.push({ label, words: decoded.problem ?? `Could be ${label}, but reads like nothing that was meant.` });
  }
  return undefined;
}

/** What came out, when all of it did. */
const wholeOf = ({ content, problem }: Decoded) => (problem === undefined ? content : undefined);

/** What a text of nothing but URL escapes or hex digits stands for, if that is beyond doubt. */
export async function guessText(text: string, limit: UnpackLimit, said: DecoderNote[]): Promise<Guess> {
  for (const step of ['url', 'hex'] as const) {
    const { label, decode } = DECODERS[step];
    const decoded = await decode(text, limit);
    const content = wholeOf(decoded);
    if (content !== undefined && (step === 'url' ? isSureUrl(text, content) : isSureHex(content)))
      return { step, content };
    said.push({ label, words: decoded.problem ?? `Could be ${label}, but reads like nothing that was meant.` });
  }
  return undefined;
}

const isSureUrl = (text: string, decoded: Content) =>
  typeof decoded === 'string' &&
  !/\s/.test(text) &&
  (isStructured(decoded) || (FORM.test(text) && /%[0-9a-f]{2}/i.test(text)));

/** A digest or an order number is legal hex too: only structure or a compression's head inside is a sure sign. */
function isSureHex(decoded: Content): boolean {
  if (typeof decoded === 'string') return false;
  const text = readableText(decoded);
  return text === undefined ? packingOf(decoded) === 'gzip' : isStructured(text);
}

const isStructured = (text: string) => isJson(text) || isXml(text);

/** Latin text has a zero in every other byte; other scripts have blanks and digits that do, or a byte order mark. */
function isLikelyUtf16(text: string, bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return text.length > 0;
  const ascii = text.replace(/[^\s!-~]/g, '').length;
  return text.length >= 4 && ascii >= text.length / 4;
}

/** A map with readable names, or a list that has a map or words in it; numbers alone are what any bytes could be. */
function isTelling(json: Content): boolean {
  if (typeof json !== 'string') return false;
  const value: unknown = JSON.parse(json);
  const words = Array.isArray(value) ? value.flatMap(wordsIn) : wordsIn(value);
  const isContainer = typeof value === 'object' && value !== null;
  return isContainer && words.some((word) => word.length > 1) && words.every(isReadableWord);
}

const wordsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, one]) => (typeof one === 'string' ? [key, one] : [key]))
      : [];
// oxlint-disable-next-line no-control-regex -- these are what tells text from bytes
const isReadableWord = (word: string) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd\p{Cn}]/u.test(word);

function isLongEnough(bytes: Content): boolean {
  if (typeof bytes === 'string') return false;
  const text = readableText(bytes);
  return text !== undefined && (isStructured(text) || text.length >= 12);
}
