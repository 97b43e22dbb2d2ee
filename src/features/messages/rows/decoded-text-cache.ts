import { BRIEF } from '@/azure/bodies/budget';
import { type Step } from '@/azure/bodies/model';
import { type Preview, previewOfStage } from '@/azure/bodies/preview';

/** A message text without its Base64 and compression. */
export type DecodedText = {
  preview: Preview;
  /** Empty for bytes. */
  text: string;
};

/** Characters that the cache keeps, raw and decoded; the oldest texts go first. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

// Keyed by text, because each answer brings new message objects with the same texts.
const known = new Map<string, DecodedText>();
const underWay = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();
let kept = 0;

/** The steps that the messages of a queue are decoded by; undefined detects them for each text. */
export type Steps = readonly Step[] | undefined;

/** The decoded text of a message, if it is in the cache. */
export const decodedText = (text: string, steps?: Steps): DecodedText | undefined => known.get(keyOf(text, steps));

/** Decodes a message text into the cache, once; never rejects. */
export function decodeInBackground(text: string, steps?: Steps): Promise<void> {
  const key = keyOf(text, steps);
  if (known.has(key)) return Promise.resolve();
  const running = underWay.get(key) ?? decode(text, steps);
  underWay.set(key, running);
  return running;
}

const keyOf = (text: string, steps: Steps) => (steps ? `${steps.join('>')}\0${text}` : text);

/** Calls back whenever something was decoded; returns what stops it. */
export function whenDecoded(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function decode(text: string, steps: Steps) {
  const { decoder } = await import('@/search/decode-client');
  const { stages, format, stopped } = await decoder.decode(text, { steps, limits: BRIEF });
  const last: { text?: string; bytes?: Uint8Array } = stages.at(-1) ?? {};
  const key = keyOf(text, steps);
  const preview = previewOfStage(format, last);
  keep(key, { preview: stopped === undefined ? preview : { ...preview, stopped }, text: last.text ?? '' });
  underWay.delete(key);
  for (const listener of listeners) listener();
}

function keep(text: string, inside: DecodedText) {
  known.set(text, inside);
  kept += charactersOf(text, inside);
  for (const [oldest, value] of known) {
    if (kept <= MOST_CHARACTERS || oldest === text) return;
    known.delete(oldest);
    kept -= charactersOf(oldest, value);
  }
}

const charactersOf = (text: string, inside: DecodedText) => text.length + inside.text.length;
