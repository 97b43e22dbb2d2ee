import { readableText } from './base64';
import { isJson } from './json-tokens';
import type { Stage } from './model';
import type { Format } from './preview';
import { isXml } from './xml-tokens';

/** The last step of a chain, and what to call it. */
export type Meaning = { stage: Stage; format: Format };

/** JSON or XML; undefined for any other text. */
export function structured(text: string): Meaning | undefined {
  if (isJson(text)) return { stage: { kind: 'json', label: 'JSON', text }, format: 'JSON' };
  if (isXml(text)) return { stage: { kind: 'xml', label: 'XML', text }, format: 'XML' };
  return undefined;
}

/** What bytes are, with nothing more taken off them. */
export function meaning(bytes: Uint8Array<ArrayBuffer>): Meaning {
  const text = readableText(bytes);
  if (text === undefined) return { stage: { kind: 'binary', label: 'Binary', bytes }, format: 'BINARY' };
  return structured(text) ?? { stage: { kind: 'text', label: 'Text', text }, format: 'BASE64' };
}
