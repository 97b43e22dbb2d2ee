import { insist } from '@/parts/insist';
import type { RowView } from '@/search/task';
import type { Kept, RowReading } from './row-reading';

// Keyed by text, because each answer brings new message objects with the same texts; each was read in one way last.
const known = new Map<string, Kept<RowView>>();
const underWay = new Map<string, Kept<Promise<void>>>();
const listeners = new Set<() => void>();

const keyOf = (text: string, { isOwn, steps }: RowReading) => (isOwn ? `\0${steps?.join()}\0${text}` : text);

/** What a row shows of a message text that has to be decoded, if it is in the cache. */
export const rowView = (text: string, reading: RowReading): RowView | undefined => read(known, text, reading);

/** Decodes a message text into the cache, once; never rejects. */
export function decodeInBackground(text: string, reading: RowReading): Promise<void> {
  if (rowView(text, reading)) return Promise.resolve();
  const running = read(underWay, text, reading) ?? decode(text, reading);
  underWay.set(keyOf(text, reading), { readBy: nameOf(reading), value: running });
  return running;
}

function read<Value>(from: ReadonlyMap<string, Kept<Value>>, text: string, reading: RowReading): Value | undefined {
  const found = from.get(keyOf(text, reading));
  return found?.readBy === nameOf(reading) ? found.value : undefined;
}

const nameOf = ({ steps, paths }: RowReading) => (steps || paths.length > 0 ? JSON.stringify([steps, paths]) : '');

/** Calls back whenever something was decoded; returns what stops it. */
export function whenDecoded(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function decode(text: string, reading: RowReading) {
  const { view, keep } = await insist(async () => {
    const part = await import('./decode-row');
    return { view: await part.decodeRow(text, reading), keep: part.keep };
  });
  const key = keyOf(text, reading);
  keep(known, key, { readBy: nameOf(reading), value: view });
  if (read(underWay, text, reading)) underWay.delete(key);
  for (const listener of listeners) listener();
}
