import { exactly } from '../../../words/counts';
import { isMeant, packingOf, readableText } from '../base64';
import { type Budget, MAX_LAYERS, PACKED_TOO_OFTEN, Stopped, spend } from '../budget';
import { stageOf } from '../decode-steps';
import { DECODERS } from '../decoders';
import { readLikelyBase64, withPluses } from '../layers/base64-form';
import { mayBeByteList } from '../layers/byte-list';
import { type Charset } from '../layers/charsets';
import { mayBeDataUrl } from '../layers/data-url';
import { mayBeJsonString } from '../layers/json-string';
import { lengthPrefix } from '../layers/length-prefix';
import { mayBePythonBytes } from '../layers/python-bytes';
import { mayBeQuoted } from '../layers/quotes';
import { mayBeXmlEscaped } from '../layers/xml-escapes';
import { structured, textStage } from '../meaning';
import { type Content, type DecodedBody, type DecoderNote, STEP_LABELS, type Stage, type Step } from '../model';
import type { Format } from '../preview';
import { brokenUtf8 } from './broken-utf8';
import { guessBytes } from './guess-bytes';
import { likelyCharset } from './likely-charset';

/** Layers of text in text, bytes in text and packed bytes that are taken off. */
const MAX_STEPS = 8;
/** Characters or bytes that are looked at for one step of the budget. */
const LOOKED_A_STEP = 64;

/**
 * What a content holds: its stages, itself the first of them. `isSure`: that something in it is evidence, so that what led
 * here was right.
 */
type Reading = { stages: Stage[]; isSure: boolean; stopped?: string | undefined; notes?: DecoderNote[] };

/**
 * What is known before bytes are looked at. `isProven`: that they are bytes at all, by padding, a literal or a header.
 * `isTextProof`: that readable text in them is evidence.
 */
type Before = {
  depth: number;
  packings: number;
  isProven: boolean;
  isTextProof: (text: string) => boolean;
  /** Only text, packed data and containers count: any digest can be legal MessagePack. */
  isSignedOnly?: boolean;
};

/** Reads a message text by evidence. Rejects only when the budget's signal aborts. */
export async function readBody(text: string, budget: Budget): Promise<DecodedBody> {
  const notes: DecoderNote[] = [];
  const { stages, stopped, ...reading } = await orStopped(text, () => readText(text, 0, 0, { ...budget, notes }));
  const said = reading.notes ?? (stages.length === 1 && notes.length > 0 ? notes : undefined);
  const isPlain = stages.length === 1 && stages[0]?.kind !== 'text';
  return {
    // The text as it came is always the first.
    stages: isPlain ? [textStage(text), ...stages] : stages,
    format: formatOf(stages),
    ...(said && { notes: said }),
    ...(stopped !== undefined && { stopped }),
  };
}

async function orStopped(text: string, read: () => Promise<Reading>): Promise<Reading> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Stopped) return { stages: [textStage(text)], isSure: false, stopped: error.message };
    throw error;
  }
}

/** The format by the last stage, and by what it was read from. */
function formatOf(stages: readonly Stage[]): Format {
  const has = (kind: Stage['kind']) => stages.some((stage) => stage.kind === kind);
  const last = stages.at(-1);
  if (has('msgpack')) return 'MSGPACK';
  if (has('cbor')) return 'CBOR';
  if (last?.isList || has('named') || has('protobuf') || has('bson') || has('avro') || last?.text === undefined)
    return 'BINARY';
  if (last.kind === 'json') return 'JSON';
  if (last.kind === 'xml') return 'XML';
  return has('base64') ? 'BASE64' : 'TEXT';
}

type Reader = Budget & { notes: DecoderNote[] };

function look(content: Content, budget: Budget) {
  budget.signal?.throwIfAborted();
  spend(budget, 1 + Math.floor(content.length / LOOKED_A_STEP));
}

/** A way to write content as text: when to try it, and whether it is right although nothing inside is evidence. */
type Way = {
  step: Step;
  mayBe: (text: string) => boolean;
  isProof: (text: string, decoded: Content) => boolean;
};

const never = () => false;
const always = () => true;
/** Form data: `name=value` pairs. */
const FORM = /^[\w.~%+*-]+=[^=&\s]*(?:&[\w.~%+*-]+=[^=&\s]*)*$/;
/** A longer text overflows the stack of the regular expression engine. */
const MOST_OF_FORM = 100_000;

/** True for hex digits, two for each byte, with blanks, colons, hyphens and `0x` between. */
function mayBeHex(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const letter = code | 0x20;
    if ((code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x66)) digits++;
    // x, and the blanks.
    else if (
      !(letter === 0x78 && at < 20) &&
      code !== 0x3a &&
      code !== 0x2d &&
      code !== 0x20 &&
      (code < 9 || code > 13)
    )
      return false;
  }
  return digits >= 8;
}

const WAYS: readonly Way[] = [
  { step: 'nul', mayBe: (text) => text.endsWith('\0'), isProof: always },
  { step: 'python-bytes', mayBe: mayBePythonBytes, isProof: always },
  { step: 'quotes', mayBe: mayBeQuoted, isProof: never },
  { step: 'byte-list', mayBe: mayBeByteList, isProof: never },
  { step: 'data-url', mayBe: mayBeDataUrl, isProof: never },
  { step: 'json-string', mayBe: mayBeJsonString, isProof: never },
  { step: 'xml-escapes', mayBe: mayBeXmlEscaped, isProof: never },
  {
    step: 'url',
    mayBe: (text) => /%[0-9a-f]{2}/i.test(text) && !/\s/.test(text.trim()),
    isProof: (text) => text.length <= MOST_OF_FORM && FORM.test(text),
  },
  // A digest or an order number is valid hex too: only what is inside is proof.
  { step: 'hex', mayBe: mayBeHex, isProof: never },
];

async function readText(text: string, depth: number, packings: number, reader: Reader): Promise<Reading> {
  look(text, reader);
  const plain = structured(text, reader);
  if (plain) return { stages: [plain.stage], isSure: plain.format !== 'TEXT', stopped: plain.stopped };
  if (depth < MAX_STEPS) {
    for (const { step, mayBe, isProof } of WAYS) {
      if (!mayBe(text)) continue;
      const decoded = await DECODERS[step].decode(text, reader);
      const { content } = decoded;
      if (content === undefined || content.length === 0 || content === text) continue;
      const before: Before = {
        depth: depth + 1,
        packings,
        isProven: step === 'python-bytes',
        isTextProof: never,
        isSignedOnly: step === 'hex' || step === 'byte-list',
      };
      const inner =
        typeof content === 'string'
          ? await readText(content, depth + 1, packings, reader)
          : await readBytes(content, before, reader);
      if (!inner.isSure && !isProof(text, content)) continue;
      return onTopOf(inner, stageOf(step, text, decoded));
    }
    const inBase64 = await readInBase64(text, depth, packings, reader);
    if (inBase64) return inBase64;
    const mended = withPluses(text);
    const inMended = mended === undefined ? undefined : await readInBase64(mended, depth, packings, reader);
    if (inMended) {
      const [, ...rest] = inMended.stages;
      const remark = 'Its + have become blanks, as a form decodes them.';
      return { ...inMended, stages: [stageOf('base64', text, { remark }), ...rest] };
    }
  }
  return { stages: [textStage(text)], isSure: false };
}

async function readInBase64(
  text: string,
  depth: number,
  packings: number,
  reader: Reader,
): Promise<Reading | undefined> {
  const read = readLikelyBase64(text);
  if (!read) return undefined;
  const { bytes, isPadded } = read;
  // Padding of a few characters is in many texts.
  const isProven = isPadded && read.bare.length >= 8;
  const before = {
    depth: depth + 1,
    packings,
    isProven,
    isTextProof: (inner: string) => isPadded || isMeant(inner, bytes.length),
  };
  const inner = await readBytes(bytes, before, reader);
  const { problem } = read;
  if (inner.isSure) return onTopOf(inner, stageOf('base64', text, problem === undefined ? {} : { problem }));
  if (depth === 0 && reader.notes.length === 0 && read.bare.length >= LONG_ENOUGH)
    reader.notes.push({
      label: STEP_LABELS.base64,
      message: `May be Base64 of ${exactly(bytes.length, 'byte')}, but nothing in them tells.`,
    });
  return undefined;
}

const LONG_ENOUGH = 16;
/** Bytes of a text with wrong ones in it, where nothing tells that these are bytes. */
const ENOUGH_BROKEN = 40;

const onTopOf = (inner: Reading, stage: Stage): Reading => ({
  ...inner,
  stages: [stage, ...inner.stages],
  isSure: true,
});

async function readBytes(bytes: Uint8Array<ArrayBuffer>, before: Before, reader: Reader): Promise<Reading> {
  look(bytes, reader);
  const packing = packingOf(bytes);
  if (packing) {
    const unpacked = await readPacked(bytes, packing, before, reader);
    if (unpacked) return unpacked;
  }
  const text = readableText(bytes);
  if (text !== undefined) {
    const inner = await readText(text, before.depth, before.packings, reader);
    return inner.isSure ? inner : { ...inner, isSure: before.isProven || before.isTextProof(text) };
  }
  return (
    (await readContainer(bytes, before, reader)) ??
    (await readWithin(bytes, before, reader)) ??
    (await readFormat(bytes, before, reader))
  );
}

async function readPacked(
  bytes: Uint8Array<ArrayBuffer>,
  packing: 'gzip' | 'zlib' | 'deflate' | 'brotli',
  before: Before,
  reader: Reader,
): Promise<Reading | undefined> {
  const isSigned = packing === 'gzip';
  if (before.packings >= MAX_LAYERS) {
    if (!isSigned && packing !== 'zlib') return undefined;
    return { stages: [{ kind: 'binary', label: 'Binary', bytes }], isSure: true, stopped: PACKED_TOO_OFTEN };
  }
  const decoded = await DECODERS[packing].decode(bytes, reader);
  const stage = stageOf(packing, bytes, decoded);
  const { content, stopped } = decoded;
  if (typeof content === 'string' || content === undefined || content.length === 0) {
    if (content !== undefined && decoded.problem === undefined && isSigned)
      return { stages: [stage, textStage('')], isSure: true, stopped };
    if (!isSigned && !before.isProven) return undefined;
    return { stages: [stage], isSure: true, stopped };
  }
  // The two bytes of zlib are no proof where nothing else is.
  const isDamaged = decoded.problem !== undefined && stopped === undefined;
  if (!isSigned && !before.isProven && isDamaged && readableText(content) === undefined) return undefined;
  const inner = await readBytes(
    content,
    { depth: before.depth, packings: before.packings + 1, isProven: true, isTextProof: always },
    reader,
  );
  return { ...onTopOf(inner, stage), stopped: stopped ?? inner.stopped };
}

/** Files and serialisers by their first bytes. */
async function readContainer(
  bytes: Uint8Array<ArrayBuffer>,
  { depth, packings, isProven }: Before,
  reader: Reader,
): Promise<Reading | undefined> {
  const { containerOf, namedBytes } = await import('../containers/known');
  const container = containerOf(bytes);
  if (container) {
    const decoded = await DECODERS[container].decode(bytes, reader);
    const stage = stageOf(container, bytes, decoded);
    const { content, stopped } = decoded;
    if (decoded.isList && typeof content === 'string')
      return {
        stages: [stage, { kind: 'text', label: 'Files in it', text: content, isList: true }],
        isSure: true,
        stopped,
      };
    const isWhole = content !== undefined && content.length > 0;
    if (!isWhole && container === 'datacontract') return undefined;
    if (!isWhole) return { stages: [{ ...stage, kind: 'named' }], isSure: true, stopped };
    if (depth >= MAX_STEPS) return { stages: [stage, lastOf(content)], isSure: true, stopped };
    const inner =
      typeof content === 'string'
        ? await readText(content, depth + 1, packings, reader)
        : await readBytes(
            content,
            { depth: depth + 1, packings: packings + 1, isProven: true, isTextProof: always },
            reader,
          );
    return { ...onTopOf(inner, stage), stopped: stopped ?? inner.stopped };
  }
  const named = namedBytes(bytes, isProven);
  if (!named) return undefined;
  const { label, strings = [], remark } = named;
  const stage: Stage = { kind: 'named', label, bytes, ...(remark !== undefined && { remark }) };
  const listed: Stage[] =
    strings.length > 0 ? [{ kind: 'text', label: 'Texts in it', text: strings.join('\n'), isList: true }] : [];
  return { stages: [stage, ...listed], isSure: true };
}

const lastOf = (content: Content): Stage =>
  typeof content === 'string' ? textStage(content) : { kind: 'binary', label: 'Binary', bytes: content };

/** Content between a length and NULs. */
async function readWithin(
  bytes: Uint8Array<ArrayBuffer>,
  before: Before,
  reader: Reader,
): Promise<Reading | undefined> {
  if (before.depth >= MAX_STEPS) return undefined;
  const prefix = lengthPrefix(bytes);
  const steps: Step[] = [...(prefix ? (['length'] as const) : []), ...(bytes.at(-1) === 0 ? (['nul'] as const) : [])];
  for (const step of steps) {
    const decoded = await DECODERS[step].decode(bytes, reader);
    const { content } = decoded;
    if (content === undefined || typeof content === 'string') continue;
    const isText = readableText(content) !== undefined;
    const isSurelyBytes = step === 'length' && prefix?.isSure === true;
    if (!isText && (step === 'nul' || (!isSurelyBytes && !packingOf(content)))) continue;
    const inner = await readBytes(
      content,
      {
        ...before,
        depth: before.depth + 1,
        isProven: isSurelyBytes,
        isTextProof: (text) => (before.isProven && text.length > 0) || (text.length > 3 && before.isTextProof(text)),
      },
      reader,
    );
    if (inner.isSure) return onTopOf(inner, stageOf(step, bytes, decoded));
  }
  return undefined;
}

/** Charsets and formats without a signature, which only what comes out of them is evidence for. */
async function readFormat(bytes: Uint8Array<ArrayBuffer>, before: Before, reader: Reader): Promise<Reading> {
  const notes: DecoderNote[] = [];
  if (before.isSignedOnly) return { stages: [{ kind: 'binary', label: 'Binary', bytes }], isSure: false };
  const guess = await guessBytes(bytes, before, reader, notes);
  if (guess) {
    const { step, decoded, content } = guess;
    const stage = stageOf(step, bytes, decoded);
    const inner: Reading =
      typeof content === 'string'
        ? await readText(content, before.depth + 1, before.packings, reader)
        : await readBytes(
            content,
            { depth: before.depth + 1, packings: before.packings + 1, isProven: true, isTextProof: always },
            reader,
          );
    return onTopOf(inner, stage);
  }
  const broken = brokenUtf8(bytes);
  if (broken) {
    const inner = await readText(broken.text, before.depth + 1, before.packings, reader);
    const { problem } = broken;
    const isLong = bytes.length >= ENOUGH_BROKEN && before.isTextProof(broken.text);
    if (inner.isSure || before.isProven || isLong)
      return onTopOf(inner, { kind: 'charset', label: 'UTF-8, damaged', bytes, problem });
  }
  const charset: Charset | undefined = likelyCharset(bytes, before.isProven, reader);
  if (charset !== undefined) {
    const decoded = await DECODERS[charset].decode(bytes, reader);
    if (typeof decoded.content === 'string') {
      const inner = await readText(decoded.content, before.depth + 1, before.packings, reader);
      return onTopOf(inner, stageOf(charset, bytes, decoded));
    }
  }
  const stopped = notes.find((note) => note.stopped !== undefined)?.stopped;
  return { stages: [{ kind: 'binary', label: 'Binary', bytes }], isSure: before.isProven, notes, stopped };
}
