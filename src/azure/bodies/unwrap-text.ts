import { counted } from '../../words/counts';
import { bytes as sizeText } from '../../words/sizes';
import { bytesOf } from './base64-text';
import { isTooLarge, MOST_EDITED } from './budget';
import { type DecodeOptions, decodeBody } from './decode-body';
import { BASE64_FORM, type Layer, NULS, writerOf } from './encode-layers';
import { formOf } from './layers/base64-form';
import { JSON_STRING_WRITERS } from './layers/json-string';
import { XML_ESCAPE_WRITERS } from './layers/xml-escapes';
import type { Content, Stage } from './model';

/** `raw` says in a sentence why the text was not unwrapped, although it could be decoded. */
export type Unwrapped = { text: string; layers: Layer[]; raw?: string };

/**
 * Unwraps a message text to what a person can edit, with the layers for `wrapText`. A text that could not be encoded
 * exactly as it was (other decoders, damaged or too large compressed data, bytes that are no text) is returned as it is.
 * `steps`: as for `decodeBody`.
 */
export async function unwrapText(
  text: string,
  { steps, signal }: Pick<DecodeOptions, 'steps' | 'signal'> = {},
): Promise<Unwrapped> {
  const { stages } = await decodeBody(text, { steps, signal });
  const asItCame = (raw: string): Unwrapped => ({ text, layers: [], raw });
  const problem = stages.find((stage) => stage.problem !== undefined)?.problem;
  if (problem !== undefined) return asItCame(problem);
  const inner = stages.at(-1);
  if (inner?.text === undefined) return asItCame('These bytes are no text.');
  if (stages.length > 1 && isTooLarge(inner.text))
    return asItCame(
      `The text inside is over ${sizeText(MOST_EDITED.characters)} or ${counted(MOST_EDITED.lines, 'line')}.`,
    );
  const layers: Layer[] = [];
  for (const [index, stage] of stages.slice(0, -1).entries()) {
    // The text stage before JSON or XML is no layer.
    if (stage.kind === 'text') continue;
    const layer = await layerOf(stage, contentOf(stages[index + 1]));
    if (layer === undefined) return asItCame(`${stage.label} cannot be written again exactly as it was.`);
    layers.push(layer);
  }
  return { text: inner.text, layers };
}

const contentOf = (stage: Stage | undefined): Content => stage?.text ?? stage?.bytes ?? '';

/** The layer that turns `inner` into this stage again; undefined when none does. */
async function layerOf(stage: Stage, inner: Content): Promise<Layer | undefined> {
  const ways = waysOf(stage);
  // Every compressor writes other bytes for the same content, so bytes cannot be compared.
  if (stage.kind === 'gzip') return ways.find((way) => way === stage.label);
  for (const way of ways) {
    if (isSame(await writerOf(way)(inner), contentOf(stage))) return way;
  }
  return undefined;
}

/** The ways to write a stage, those that have the form of this one among them. */
function waysOf({ kind, text, bytes }: Stage): readonly Layer[] {
  const ways = WAYS[kind] ?? [];
  if (kind === 'nul') return [`${NULS}${nulsAtEnd(text === undefined ? (bytes ?? new Uint8Array()) : bytesOf(text))}`];
  const form = kind === 'base64' && text !== undefined ? formOf(text) : undefined;
  return form === undefined ? ways : [...ways, `${BASE64_FORM}${form}`];
}

function nulsAtEnd(bytes: Uint8Array): number {
  let count = 0;
  while (count < bytes.length && bytes[bytes.length - 1 - count] === 0) count++;
  return count;
}

const namesOf = <Name extends string>(writers: Readonly<Record<Name, unknown>>) => Object.keys(writers) as Name[];

const WAYS: Partial<Record<Stage['kind'], readonly Layer[]>> = {
  base64: ['base64'],
  'json-string': namesOf(JSON_STRING_WRITERS),
  'xml-escapes': namesOf(XML_ESCAPE_WRITERS),
  'python-bytes': ['python-bytes'],
  gzip: ['gzip', 'zlib', 'deflate'],
  hex: ['hex', 'HEX'],
  url: ['url', 'url-strict', 'url-form'],
  'utf-16': ['utf-16le', 'utf-16be', 'utf-16le-bom', 'utf-16be-bom'],
};

function isSame(one: Content, other: Content): boolean {
  const [left, right] = [bytesOf(one), bytesOf(other)];
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
