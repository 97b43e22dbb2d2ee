import { type Step } from '@/azure/bodies/model';
import type { RowView } from '@/search/task';

/** Characters that the cache keeps; the oldest texts go first. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

// Keyed by text, because each answer brings new message objects with the same texts.
const known = new Map<string, RowView>();
const underWay = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();
let kept = 0;

/** The steps that the messages of a queue are decoded by; undefined detects them for each text. */
export type Steps = readonly Step[] | undefined;

/** How the rows of a queue read their bodies: by which steps, and which paths are columns. */
export type RowReading = { steps?: Steps; paths: readonly string[] };

/** What a row shows of a message text that has to be decoded, if it is in the cache. */
export const rowView = (text: string, reading: RowReading): RowView | undefined => known.get(keyOf(text, reading));

/** Decodes a message text into the cache, once; never rejects. */
export function decodeInBackground(text: string, reading: RowReading): Promise<void> {
  const key = keyOf(text, reading);
  if (known.has(key)) return Promise.resolve();
  const running = underWay.get(key) ?? decode(text, reading);
  underWay.set(key, running);
  return running;
}

const keyOf = (text: string, { steps, paths }: RowReading) =>
  steps || paths.length > 0 ? `${JSON.stringify([steps, paths])}\0${text}` : text;

/** Calls back whenever something was decoded; returns what stops it. */
export function whenDecoded(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function decode(text: string, { steps, paths }: RowReading) {
  const { decoder } = await import('@/search/decode-client');
  const view = await decoder.run({ kind: 'preview', text, steps, paths });
  const key = keyOf(text, { steps, paths });
  keep(key, view);
  underWay.delete(key);
  for (const listener of listeners) listener();
}

function keep(key: string, view: RowView) {
  known.set(key, view);
  kept += charactersOf(key, view);
  for (const [oldest, value] of known) {
    if (kept <= MOST_CHARACTERS || oldest === key) return;
    known.delete(oldest);
    kept -= charactersOf(oldest, value);
  }
}

const charactersOf = (key: string, { values }: RowView) =>
  [...values.values()].reduce((sum, value) => sum + (value?.length ?? 0), key.length);
