import { guessBase64, packingOf } from './base64';
import { type Budget, type Limits, MAX_LAYERS, PACKED_TOO_OFTEN, WHOLE } from './budget';
import { decodePlain } from './decode-plain';
import { unpack } from './decompress';
import { meaning } from './meaning';
import type { DecodedBody, Stage, Step } from './model';

export { base64Size, decodeBase64ToText, encodeBase64 } from './base64';
export { isJson, jsonProblem } from './json-tokens';
export { guessFormat } from './preview';
export { isXml } from './xml-tokens';

/** `steps` replace those that the text itself suggests; `limits` are `WHOLE` where none are given. */
export type DecodeOptions = {
  steps?: readonly Step[] | undefined;
  limits?: Limits;
  signal?: AbortSignal | undefined;
};

/**
 * Decodes a message text: Base64, URL escapes or hex, then compression, UTF-16, MessagePack or CBOR, then JSON, XML,
 * text or bytes. Its time and memory are linear in the text and bounded by the limits; what ends at one of them says so in
 * `stopped`. Never throws on a text; rejects only when `signal` aborts.
 */
export async function decodeBody(
  text: string,
  { steps, limits = WHOLE, signal }: DecodeOptions = {},
): Promise<DecodedBody> {
  const plain = steps && text !== '' ? undefined : decodePlain(text, limits);
  if (plain) return plain;
  const budget: Budget = { ...limits, signal };
  if (steps) return (await import('./decode-steps')).decodeBySteps(text, steps, budget);
  const decoded = guessBase64(text);
  if (!decoded) return (await import('./decode-steps')).decodeText(text, budget);

  const stages: Stage[] = [{ kind: 'base64', label: 'Base64', text }];
  let bytes = decoded;
  let stop: { stopped?: string } = {};
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const compression = packingOf(bytes);
    if (!compression) break;
    const { bytes: unpacked, problem, stopped } = await unpack(bytes, compression, budget);
    if (stopped !== undefined && stop.stopped === undefined) stop = { stopped };
    stages.push({ kind: 'gzip', label: compression, bytes, ...(problem !== undefined && { problem }) });
    if (unpacked.length === 0 && problem !== undefined) return { stages, format: 'BINARY', ...stop };
    bytes = unpacked;
  }
  if (stop.stopped === undefined && packingOf(bytes)) stop = { stopped: PACKED_TOO_OFTEN };
  const { stage, ...rest } = meaning(bytes, limits);
  if (rest.format === 'BINARY')
    return { ...(await (await import('./decode-steps')).decodeBytes(bytes, stages, budget)), ...stop };
  return { stages: [...stages, stage], ...rest, ...stop };
}
