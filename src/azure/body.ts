import { guessBase64, packingOf, readableText } from './body-base64';
import type { Said } from './body-guess';
import { isJson } from './body-json';
import { type Format, mayStandForMore } from './body-preview';
import { unpack } from './body-unpack';
import { isXml } from './body-xml';

export { base64Size, decodeBase64ToText, encodeBase64 } from './body-base64';
export { isJson, jsonProblem } from './body-json';
export { type Format, guessFormat, type Preview, previewOfStage } from './body-preview';
export { isXml } from './body-xml';

/**
 * One step of the decode chain. `text` is exact, never re-serialised; `bytes` is there where the step is not text.
 * `problem` says in a sentence what is wrong or left out.
 */
export type Stage = {
  kind: 'text' | 'base64' | 'hex' | 'url' | 'utf-16' | 'gzip' | 'msgpack' | 'cbor' | 'json' | 'xml' | 'binary';
  /** As the decode chain shows it: `Base64`, `gzip`, `zlib`, `JSON`, … */
  label: string;
  text?: string;
  bytes?: Uint8Array<ArrayBuffer>;
  problem?: string;
};

/** What can be taken off a text, one after the other. */
export type Step = 'base64' | 'hex' | 'url' | 'utf-16' | 'gzip' | 'zlib' | 'deflate' | 'brotli' | 'msgpack' | 'cbor';

/** The first stage is always the message text as it came; the last is what it means. */
export type DecodedBody = {
  stages: Stage[];
  format: Format;
  /** What each decoder said that was asked in vain. */
  said?: Said[];
};

/** A message of 64 KiB can unpack to tens of megabytes. */
const MAX_UNPACKED = 4 * 1024 * 1024;
/** Compressed inside compressed is rare; a file that contains itself must still end. */
const MAX_LAYERS = 3;

/** `steps` are taken instead of those that the text itself suggests; unpacks at most `maxUnpacked` bytes (4 MiB). */
export type DecodeOptions = { steps?: readonly Step[] | undefined; maxUnpacked?: number; signal?: AbortSignal };

/**
 * What a message text means: Base64, URL escapes or hex, then compression, UTF-16, MessagePack or CBOR, then JSON, XML,
 * text or bytes. Never throws on a text; rejects only when `signal` aborts.
 */
export async function decodeBody(
  text: string,
  { steps, maxUnpacked = MAX_UNPACKED, signal }: DecodeOptions = {},
): Promise<DecodedBody> {
  const limit = { maxUnpacked, signal };
  if (text === '') return { stages: [{ kind: 'text', label: 'Text', text }], format: 'EMPTY' };
  if (steps) return (await import('./body-steps')).decodeBySteps(text, steps, limit);
  const plain = structured(text);
  if (plain) return { stages: [{ kind: 'text', label: 'Text', text }, plain.stage], format: plain.format };
  const decoded = guessBase64(text);
  if (!decoded) {
    if (mayStandForMore(text)) return (await import('./body-steps')).decodeText(text, limit);
    return { stages: [{ kind: 'text', label: 'Text', text }], format: 'TEXT' };
  }

  const stages: Stage[] = [{ kind: 'base64', label: 'Base64', text }];
  let bytes = decoded;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const compression = packingOf(bytes);
    if (!compression) break;
    const unpacked = await unpack(bytes, compression, limit);
    stages.push({
      kind: 'gzip',
      label: compression,
      bytes,
      ...(unpacked.problem !== undefined && { problem: unpacked.problem }),
    });
    if (unpacked.bytes.length === 0 && unpacked.problem !== undefined) return { stages, format: 'BINARY' };
    bytes = unpacked.bytes;
  }
  const { stage, format } = meaning(bytes);
  if (format === 'BINARY') return (await import('./body-steps')).decodeBytes(bytes, stages, limit);
  return { stages: [...stages, stage], format };
}

/** The last step of a chain, and what to call it. */
export type Meaning = { stage: Stage; format: Format };

export function structured(text: string): Meaning | undefined {
  if (isJson(text)) return { stage: { kind: 'json', label: 'JSON', text }, format: 'JSON' };
  if (isXml(text)) return { stage: { kind: 'xml', label: 'XML', text }, format: 'XML' };
  return undefined;
}

export function meaning(bytes: Uint8Array<ArrayBuffer>): Meaning {
  const text = readableText(bytes);
  if (text === undefined) return { stage: { kind: 'binary', label: 'Binary', bytes }, format: 'BINARY' };
  return structured(text) ?? { stage: { kind: 'text', label: 'Text', text }, format: 'BASE64' };
}
