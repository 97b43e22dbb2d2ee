import { type Limits, WHOLE } from './budget';
import { decodePlain } from './decode-plain';
import type { DecodedBody, Step } from './model';

export { base64Size, decodeBase64ToText, encodeBase64 } from './base64-text';
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
 * Decodes a message text: the ways to write a text in another text (Base64, hex, escapes, literals), then compression,
 * containers, charsets and formats of bytes, then JSON, XML, text or bytes. A step is taken only where what comes out is
 * evidence for it. Its time and memory are linear in the text and bounded by the limits; what ends at one of them says so in
 * `stopped`. Never throws on a text; rejects only when `signal` aborts.
 */
export async function decodeBody(
  text: string,
  { steps, limits = WHOLE, signal }: DecodeOptions = {},
): Promise<DecodedBody> {
  const plain = steps && text !== '' ? undefined : decodePlain(text, limits);
  if (plain) return plain;
  const budget = { ...limits, signal };
  if (steps) return (await import('./decode-steps')).decodeBySteps(text, steps, budget);
  return (await import('./reading/read-body')).readBody(text, budget);
}
