import { readableText } from './base64';
import type { Limits } from './budget';
import { jsonProblem, mayBeJson } from './json-tokens';
import type { Stage } from './model';
import type { Format } from './preview';
import { mayBeXml, xmlProblem } from './xml-tokens';

/** The last stage of a decode chain, and the format of the whole. `stopped`: as of `DecodedBody`. */
export type Meaning = { stage: Stage; format: Format; stopped?: string };

/** A stage of text that is neither JSON nor XML. */
export const textStage = (text: string): Stage => ({ kind: 'text', label: 'Text', text });

/** JSON, XML, or what may be that and was not read to its end; undefined for any other text. */
export function structured(text: string, { tokens }: Pick<Limits, 'tokens'>): Meaning | undefined {
  const kind = mayBeJson(text) ? 'JSON' : mayBeXml(text) ? 'XML' : undefined;
  if (!kind) return undefined;
  const problem = kind === 'JSON' ? jsonProblem(text, tokens) : xmlProblem(text, tokens);
  if (!problem) return { stage: { kind: kind === 'JSON' ? 'json' : 'xml', label: kind, text }, format: kind };
  return problem.stopped === undefined
    ? undefined
    : { stage: textStage(text), format: 'TEXT', stopped: problem.stopped };
}

/** Classifies bytes as JSON, XML, text or binary, without decoding any further. */
export function meaning(bytes: Uint8Array<ArrayBuffer>, limits: Pick<Limits, 'tokens'>): Meaning {
  const text = readableText(bytes);
  if (text === undefined) return { stage: { kind: 'binary', label: 'Binary', bytes }, format: 'BINARY' };
  const read = structured(text, limits);
  return read && read.format !== 'TEXT' ? read : { ...read, stage: textStage(text), format: 'BASE64' };
}
