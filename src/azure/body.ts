import { guessBase64, packingOf, readableText } from './body-base64';
import { isJson } from './body-json';
import type { Format } from './body-preview';
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
  kind: 'text' | 'base64' | 'gzip' | 'json' | 'xml' | 'binary';
  /** As the decode chain shows it: `Base64`, `gzip`, `zlib`, `JSON`, … */
  label: string;
  text?: string;
  bytes?: Uint8Array<ArrayBuffer>;
  problem?: string;
};

/** The first stage is always the message text as it came; the last is what it means. */
export type DecodedBody = { stages: Stage[]; format: Format };

const MiB = 1024 * 1024;
/** A message of 64 KiB can unpack to tens of megabytes. */
const MAX_UNPACKED = 4 * MiB;
/** Compressed inside compressed is rare; a file that contains itself must still end. */
const MAX_LAYERS = 3;

/**
 * What a message text means: Base64, then gzip or zlib, then JSON, XML, text or bytes. Unpacks at most `maxUnpacked`
 * bytes (4 MiB). Never throws on a text; rejects only when `signal` aborts.
 */
export async function decodeBody(
  text: string,
  { maxUnpacked = MAX_UNPACKED, signal }: { maxUnpacked?: number; signal?: AbortSignal } = {},
): Promise<DecodedBody> {
  if (text === '') return { stages: [{ kind: 'text', label: 'Text', text }], format: 'EMPTY' };
  const plain = structured(text);
  if (plain) return { stages: [{ kind: 'text', label: 'Text', text }, plain.stage], format: plain.format };
  const decoded = guessBase64(text);
  if (!decoded) return { stages: [{ kind: 'text', label: 'Text', text }], format: 'TEXT' };

  const stages: Stage[] = [{ kind: 'base64', label: 'Base64', text }];
  let bytes = decoded;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const compression = packingOf(bytes);
    if (!compression) break;
    const unpacked = await unpack(bytes, compression, maxUnpacked, signal);
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
  return { stages: [...stages, stage], format };
}

type Meaning = { stage: Stage; format: Format };

function structured(text: string): Meaning | undefined {
  if (isJson(text)) return { stage: { kind: 'json', label: 'JSON', text }, format: 'JSON' };
  if (isXml(text)) return { stage: { kind: 'xml', label: 'XML', text }, format: 'XML' };
  return undefined;
}

function meaning(bytes: Uint8Array<ArrayBuffer>): Meaning {
  const text = readableText(bytes);
  if (text === undefined) return { stage: { kind: 'binary', label: 'Binary', bytes }, format: 'BINARY' };
  return structured(text) ?? { stage: { kind: 'text', label: 'Text', text }, format: 'BASE64' };
}

/** Unpacks until the end, a fault or the limit, and keeps what came out before it. */
async function unpack(
  bytes: Uint8Array<ArrayBuffer>,
  compression: 'gzip' | 'zlib',
  limit: number,
  signal: AbortSignal | undefined,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; problem?: string }> {
  const stream = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream(compression === 'gzip' ? 'gzip' : 'deflate'));
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return { bytes: joined(chunks, size) };
      chunks.push(value);
      size += value.length;
      if (size <= limit) continue;
      await reader.cancel();
      const kept = joined(chunks, size);
      // Not in the middle of a character, or text would look like bytes.
      let end = limit;
      while (end > 0 && ((kept[end] ?? 0) & 0xc0) === 0x80 && limit - end < 4) end--;
      return { bytes: kept.slice(0, end), problem: `Only the first ${limit / MiB} MiB are unpacked.` };
    }
  } catch {
    signal?.throwIfAborted();
    const problem =
      size > 0 ? `The ${compression} data is damaged after ${size} bytes.` : `This is not sound ${compression} data.`;
    return { bytes: joined(chunks, size), problem };
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk.subarray(0, size - at), at);
    at += chunk.length;
    if (at >= size) break;
  }
  return all;
}
