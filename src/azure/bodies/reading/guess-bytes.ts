import { readableText } from '../base64';
import { mayBeBson } from '../binary/bson';
import { protobufLook } from '../binary/protobuf';
import { type Budget, Stopped } from '../budget';
import { DECODERS } from '../decoders';
import { isJson } from '../json-tokens';
import { type Content, type Decoded, type DecoderNote, STEP_LABELS, type Step } from '../model';
import { isXml } from '../xml-tokens';

export type Guess = { step: Step; decoded: Decoded; content: Content } | undefined;

/** A step, and whether its output is proof that it is the right one. */
type Test = [step: Step, isSure: (decoded: Content) => boolean];

/**
 * Guesses the decoder of unreadable bytes; undefined when in doubt, since a wrong guess is worse than none. A decoder must
 * consume all of the bytes and yield something readable. Adds a note for each one that fails to `notes`. `isProven`: that
 * these are bytes is known, so that less evidence is enough.
 */
export async function guessBytes(
  bytes: Uint8Array<ArrayBuffer>,
  { isProven }: { isProven: boolean },
  budget: Budget,
  notes: DecoderNote[],
): Promise<Guess> {
  const tests: Test[] = [
    ['utf-16', (text) => typeof text === 'string' && isLikelyUtf16(text, bytes)],
    ...(bytes.length % 4 === 0 && bytes.includes(0) ? ([['utf-32', (text) => text.length > 1]] satisfies Test[]) : []),
    ...(mayBeBson(bytes) ? ([['bson', (json) => typeof json === 'string']] satisfies Test[]) : []),
    ...(isProven || mayBeMsgpack(bytes) ? ([['msgpack', isReadableJson]] satisfies Test[]) : []),
    ...(isProven || mayBeCbor(bytes) ? ([['cbor', isReadableJson]] satisfies Test[]) : []),
    // Without header and checksum, only the output is evidence.
    ...(isProven || mayBeDeflate(bytes) ? ([['deflate', isLongEnough]] satisfies Test[]) : []),
    ['brotli', isLongEnough],
    ['protobuf', () => isLikelyProtobuf(bytes, isProven, budget)],
  ];
  for (const [step, isSure] of tests) {
    const label = STEP_LABELS[step];
    const decoded = await DECODERS[step].decode(bytes, budget);
    const { content, problem, stopped } = decoded;
    if (content !== undefined && problem === undefined && isSure(content)) return { step, decoded, content };
    const message = problem ?? `Could be ${label}, but reads like nothing that was meant.`;
    notes.push({ label, message, ...(stopped !== undefined && { stopped }) });
  }
  return undefined;
}

/** Whether bytes begin with a map or a list of MessagePack. */
const mayBeMsgpack = ([first = 0]: Uint8Array) => (first & 0xe0) === 0x80 || (first >= 0xdc && first <= 0xdf);
/** Whether bytes begin with a list, a map or a tag of CBOR. */
const mayBeCbor = ([first = 0]: Uint8Array) => first >> 5 >= 4 && first >> 5 <= 6;

/** Whether bytes begin with a block of deflate that is packed: the last one, or one with codes of its own (RFC 1951, 3.2.3). */
const mayBeDeflate = ([first = 0]: Uint8Array) => [3, 4, 5].includes(first & 7);

const isStructured = (text: string) => isJson(text) || isXml(text);

/** Latin text has a zero in every other byte; other scripts have it in blanks and digits, or have a byte order mark. */
function isLikelyUtf16(text: string, bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return text.length > 0;
  const ascii = text.replace(/[^\s!-~]/g, '').length;
  // One in four characters of random bytes is ASCII too often in a text of four.
  return ascii >= 2 && text.length >= 4 && ascii >= text.length / 4;
}

/** A map with readable names, or a list with maps or texts in it; any bytes could be numbers. */
function isReadableJson(json: Content): boolean {
  if (typeof json !== 'string') return false;
  const value: unknown = JSON.parse(json);
  const strings = Array.isArray(value) ? value.flatMap(stringsIn) : stringsIn(value);
  const isContainer = typeof value === 'object' && value !== null;
  return isContainer && strings.some((text) => text.length > 1 && !WRITTEN.test(text)) && strings.every(isReadable);
}

/** Texts that stand for other values in JSON for reading: bytes, numbers and lists that are keys, dates, `NaN`. */
const WRITTEN = /^(?:0x[0-9a-f]*|[-\d.eE+]+|\d{4}-\d\d-\d\dT.*|NaN|-?Infinity|null|true|false|Invalid date|[[{].*)$/;

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  // What has no word in JSON is written so, and its names are no names of the message.
  if ('extension' in value && 'data' in value) return [];
  return Object.entries(value).flatMap(([key, one]) => (typeof one === 'string' ? [key, one] : [key]));
}

// oxlint-disable-next-line no-control-regex -- control characters tell bytes from text
const isReadable = (text: string) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd\p{Cn}]/u.test(text);

function isLongEnough(bytes: Content): boolean {
  if (typeof bytes === 'string') return false;
  const text = readableText(bytes);
  return text !== undefined && (isStructured(text) || text.length >= 12);
}

/** Bytes of texts that are enough where nothing else tells that these are bytes. */
const ENOUGH_TEXT = 8;

/** Fields in order with texts in them; any bytes could be a few numbers. */
function isLikelyProtobuf(bytes: Uint8Array, isProven: boolean, budget: Budget): boolean {
  try {
    const look = protobufLook(bytes, budget);
    if (!look?.isTidy) return false;
    if (isProven) return look.texts >= 2 || look.fields >= 2;
    return look.texts >= ENOUGH_TEXT && look.texts * 3 >= bytes.length;
  } catch (error) {
    if (error instanceof Stopped) return false;
    throw error;
  }
}
