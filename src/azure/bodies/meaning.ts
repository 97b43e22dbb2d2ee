import { readableText } from './base64';
import { isJson } from './json-tokens';
import type { Stage } from './model';
import type { Format } from './preview';
import { isXml } from './xml-tokens';

/** The last stage of a decode chain, and the format of the whole. */
export type Meaning = { stage: Stage; format: Format };

/** A stage of text that is neither JSON nor XML. */
export const textStage = (text: string): Stage => ({ kind: 'text', label: 'Text', text });

/** JSON or XML; undefined for any other text. */
export function structured(text: string): Meaning | undefined {
  if (isJson(text)) return { stage: { kind: 'json', label: 'JSON', text }, format: 'JSON' };
  if (isXml(text)) return { stage: { kind: 'xml', label: 'XML', text }, format: 'XML' };
  return undefined;
}

/** Classifies bytes as JSON, XML, text or binary, without decoding any further. */
export function meaning(bytes: Uint8Array<ArrayBuffer>): Meaning {
  const text = readableText(bytes);
  if (text === undefined) return { stage: { kind: 'binary', label: 'Binary', bytes }, format: 'BINARY' };
  return structured(text) ?? { stage: textStage(text), format: 'BASE64' };
}
