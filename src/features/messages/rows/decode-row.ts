import { decoder } from '@/search/decode-client';
import type { RowView } from '@/search/task';
import type { Kept, RowReading } from './row-reading';

/** Characters that the cache of rows keeps; the oldest texts go first. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

type Known = Map<string, Kept<RowView>>;

let kept = 0;

/**
 * What a row shows of a message text.
 * @throws PartError when the decoder does not arrive
 */
export const decodeRow = (text: string, { steps, paths }: RowReading): Promise<RowView> =>
  decoder.run({ kind: 'preview', text, steps, paths });

/** Puts what a row shows into the cache, and takes the oldest out of it when it is full. */
export function keep(known: Known, key: string, view: Kept<RowView>) {
  forget(known, key);
  known.set(key, view);
  kept += charactersOf(key, view);
  for (const oldest of known.keys()) {
    if (kept <= MOST_CHARACTERS || oldest === key) return;
    forget(known, oldest);
  }
}

function forget(known: Known, key: string) {
  const view = known.get(key);
  if (view && known.delete(key)) kept -= charactersOf(key, view);
}

const charactersOf = (key: string, { value: { values } }: Kept<RowView>) =>
  [...values.values()].reduce((sum, value) => sum + (value?.length ?? 0), key.length);
