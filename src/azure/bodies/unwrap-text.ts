import { bytesOf } from './base64';
import { isTooLarge, MOST_EDITED } from './budget';
import { type DecodeOptions, decodeBody } from './decode-body';
import { type Layer, writerOf } from './encode-layers';
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
      `The text inside is over ${MOST_EDITED.characters / 1024} KiB or ${MOST_EDITED.lines.toLocaleString('en-GB')} lines.`,
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
  const ways = WAYS[stage.kind] ?? [];
  // Every compressor writes other bytes for the same content, so bytes cannot be compared.
  if (stage.kind === 'gzip') return ways.find((way) => way === stage.label);
  for (const way of ways) {
    if (isSame(await writerOf(way)(inner), contentOf(stage))) return way;
  }
  return undefined;
}

const WAYS: Partial<Record<Stage['kind'], readonly Layer[]>> = {
  base64: ['base64'],
  gzip: ['gzip', 'zlib', 'deflate'],
  hex: ['hex', 'HEX'],
  url: ['url', 'url-strict', 'url-form'],
  'utf-16': ['utf-16le', 'utf-16be', 'utf-16le-bom', 'utf-16be-bom'],
};

function isSame(one: Content, other: Content): boolean {
  const [left, right] = [bytesOf(one), bytesOf(other)];
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
