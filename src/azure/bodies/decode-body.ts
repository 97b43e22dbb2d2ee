import { guessBase64, packingOf } from './base64';
import { unpack } from './decompress';
import { meaning, structured, textStage } from './meaning';
import type { DecodedBody, Stage, Step } from './model';
import { mayBeEncoded } from './preview';

export { base64Size, decodeBase64ToText, encodeBase64 } from './base64';
export { isJson, jsonProblem } from './json-tokens';
export { guessFormat, type Preview, previewOfStage } from './preview';
export { isXml } from './xml-tokens';

/** A message of 64 KiB can unpack to tens of megabytes. */
const MAX_UNPACKED_BYTES = 4 * 1024 * 1024;
/** Compressed data inside compressed data is rare; a file that contains itself must still end. */
const MAX_LAYERS = 3;

/** `steps` replace those that the text itself suggests; unpacks at most `maxUnpackedBytes` (4 MiB). */
export type DecodeOptions = { steps?: readonly Step[] | undefined; maxUnpackedBytes?: number; signal?: AbortSignal };

/**
 * Decodes a message text: Base64, URL escapes or hex, then compression, UTF-16, MessagePack or CBOR, then JSON, XML,
 * text or bytes. Never throws on a text; rejects only when `signal` aborts.
 */
export async function decodeBody(
  text: string,
  { steps, maxUnpackedBytes = MAX_UNPACKED_BYTES, signal }: DecodeOptions = {},
): Promise<DecodedBody> {
  const limit = { maxUnpackedBytes, signal };
  if (text === '') return { stages: [textStage(text)], format: 'EMPTY' };
  if (steps) return (await import('./decode-steps')).decodeBySteps(text, steps, limit);
  const plain = structured(text);
  if (plain) return { stages: [textStage(text), plain.stage], format: plain.format };
  const decoded = guessBase64(text);
  if (!decoded) {
    if (mayBeEncoded(text)) return (await import('./decode-steps')).decodeText(text, limit);
    return { stages: [textStage(text)], format: 'TEXT' };
  }

  const stages: Stage[] = [{ kind: 'base64', label: 'Base64', text }];
  let bytes = decoded;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const compression = packingOf(bytes);
    if (!compression) break;
    const { bytes: unpacked, problem } = await unpack(bytes, compression, limit);
    stages.push({ kind: 'gzip', label: compression, bytes, ...(problem !== undefined && { problem }) });
    if (unpacked.length === 0 && problem !== undefined) return { stages, format: 'BINARY' };
    bytes = unpacked;
  }
  const { stage, format } = meaning(bytes);
  if (format === 'BINARY') return (await import('./decode-steps')).decodeBytes(bytes, stages, limit);
  return { stages: [...stages, stage], format };
}
