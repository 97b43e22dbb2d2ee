import { type Step } from '@/azure/bodies/model';
import type { RowView } from '@/search/task';

/** Characters that the cache keeps; the oldest texts go first. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** What was found, or is being looked for, by one way of reading. */
type Kept<Value> = { readBy: string; value: Value };

// Keyed by text, because each answer brings new message objects with the same texts; each was read in one way last.
const known = new Map<string, Kept<RowView>>();
const underWay = new Map<string, Kept<Promise<void>>>();
const listeners = new Set<() => void>();
let kept = 0;

/** The steps that the messages of a queue are decoded by; undefined detects them for each text. */
export type Steps = readonly Step[] | undefined;

/** How the rows of a queue read their bodies: by which steps, and which paths are columns. */
export type RowReading = { steps?: Steps; paths: readonly string[] };

/** What a row shows of a message text that has to be decoded, if it is in the cache. */
export const rowView = (text: string, reading: RowReading): RowView | undefined => read(known, text, reading);

/** Decodes a message text into the cache, once; never rejects. */
export function decodeInBackground(text: string, reading: RowReading): Promise<void> {
  if (rowView(text, reading)) return Promise.resolve();
  const running = read(underWay, text, reading) ?? decode(text, reading);
  underWay.set(text, { readBy: nameOf(reading), value: running });
  return running;
}

function read<Value>(from: ReadonlyMap<string, Kept<Value>>, text: string, reading: RowReading): Value | undefined {
  const found = from.get(text);
  return found?.readBy === nameOf(reading) ? found.value : undefined;
}

const nameOf = ({ steps, paths }: RowReading) => (steps || paths.length > 0 ? JSON.stringify([steps, paths]) : '');

/** Calls back whenever something was decoded; returns what stops it. */
export function whenDecoded(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function decode(text: string, reading: RowReading) {
  const { decoder } = await import('@/search/decode-client');
  const { steps, paths } = reading;
  const view = await decoder.run({ kind: 'preview', text, steps, paths });
  keep(text, { readBy: nameOf(reading), value: view });
  if (read(underWay, text, reading)) underWay.delete(text);
  for (const listener of listeners) listener();
}

function keep(text: string, view: Kept<RowView>) {
  forget(text);
  known.set(text, view);
  kept += charactersOf(text, view);
  for (const oldest of known.keys()) {
    if (kept <= MOST_CHARACTERS || oldest === text) return;
    forget(oldest);
  }
}

function forget(text: string) {
  const view = known.get(text);
  if (view && known.delete(text)) kept -= charactersOf(text, view);
}

const charactersOf = (text: string, { value: { values } }: Kept<RowView>) =>
  [...values.values()].reduce((sum, value) => sum + (value?.length ?? 0), text.length);
