import { packingOf, readableText } from './base64';
import type { Budget } from './budget';
import { DECODERS } from './decoders';
import { isJson } from './json-tokens';
import { type Content, type DecoderNote, STEP_LABELS, type Step } from './model';
import { isXml } from './xml-tokens';

export type Guess = { step: Step; content: Content } | undefined;

/** A step, and whether its output is proof that it is the right one. */
type Test = [step: Step, isSure: (decoded: Content) => boolean];

/** Form data: `name=value` pairs. */
const FORM = /^[\w.~%+*-]+=[^=&\s]*(?:&[\w.~%+*-]+=[^=&\s]*)*$/;

/**
 * Guesses the decoder of unreadable bytes; undefined when in doubt, since a wrong guess is worse than none. A decoder
 * must consume all of the bytes and yield something readable. Adds a note for each one that fails to `notes`.
 */
export function guessBytes(bytes: Uint8Array<ArrayBuffer>, budget: Budget, notes: DecoderNote[]): Promise<Guess> {
  const tests: Test[] = [
    ['utf-16', (text) => typeof text === 'string' && isLikelyUtf16(text, bytes)],
    ['msgpack', isReadableJson],
    ['cbor', isReadableJson],
    // Without header and checksum, only the output is evidence.
    ['deflate', isLongEnough],
    ['brotli', isLongEnough],
  ];
  return firstSure(tests, bytes, budget, notes);
}

/** Guesses what a text of nothing but URL escapes or hex digits encodes; undefined when in doubt. */
export function guessText(text: string, budget: Budget, notes: DecoderNote[]): Promise<Guess> {
  const tests: Test[] = [
    ['url', (decoded) => isSureUrl(text, decoded)],
    ['hex', isSureHex],
  ];
  return firstSure(tests, text, budget, notes);
}

async function firstSure(tests: Test[], encoded: Content, budget: Budget, notes: DecoderNote[]): Promise<Guess> {
  for (const [step, isSure] of tests) {
    const label = STEP_LABELS[step];
    const { content, problem, stopped } = await DECODERS[step].decode(encoded, budget);
    if (content !== undefined && problem === undefined && isSure(content)) return { step, content };
    const message = problem ?? `Could be ${label}, but reads like nothing that was meant.`;
    notes.push({ label, message, ...(stopped !== undefined && { stopped }) });
  }
  return undefined;
}

const isSureUrl = (text: string, decoded: Content) =>
  typeof decoded === 'string' &&
  !/\s/.test(text) &&
  (isStructured(decoded) || (FORM.test(text) && /%[0-9a-f]{2}/i.test(text)));

/** A digest or an order number is valid hex too: only structure or a compression header inside is proof. */
function isSureHex(decoded: Content): boolean {
  if (typeof decoded === 'string') return false;
  const text = readableText(decoded);
  return text === undefined ? packingOf(decoded) === 'gzip' : isStructured(text);
}

const isStructured = (text: string) => isJson(text) || isXml(text);

/** Latin text has a zero in every other byte; other scripts have it in blanks and digits, or have a byte order mark. */
function isLikelyUtf16(text: string, bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return text.length > 0;
  const ascii = text.replace(/[^\s!-~]/g, '').length;
  return text.length >= 4 && ascii >= text.length / 4;
}

/** A map with readable names, or a list with maps or strings in it; any bytes could be numbers. */
function isReadableJson(json: Content): boolean {
  if (typeof json !== 'string') return false;
  const value: unknown = JSON.parse(json);
  const strings = Array.isArray(value) ? value.flatMap(stringsIn) : stringsIn(value);
  const isContainer = typeof value === 'object' && value !== null;
  return isContainer && strings.some((string) => string.length > 1) && strings.every(isReadable);
}

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, one]) => (typeof one === 'string' ? [key, one] : [key]))
      : [];
// oxlint-disable-next-line no-control-regex -- control characters tell bytes from text
const isReadable = (text: string) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd\p{Cn}]/u.test(text);

function isLongEnough(bytes: Content): boolean {
  if (typeof bytes === 'string') return false;
  const text = readableText(bytes);
  return text !== undefined && (isStructured(text) || text.length >= 12);
}
