import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Message } from '@/azure/protocol/model';
import { shownAt } from '@/search/json-path';
import { isolated, withoutTurns } from '@/words/isolate';
import type { RowReading } from '../rows/row-reading';
import { decodeInBackground, rowView, whenDecoded } from '../rows/row-view-cache';
import { useReading } from '../rows/use-preview';

/** Characters of plain JSON that are read for each cell; a longer text is read off the page. */
const MOST_IN_PAGE = 4096;

/**
 * The parts of a body at the paths that are columns, exactly as written; strings without their quotes. Undefined until the
 * body is decoded, where that takes decoding.
 */
export function valuesAt(text: string, reading: RowReading): ReadonlyMap<string, string | undefined> | undefined {
  const isPlain = reading.steps === undefined && text.length <= MOST_IN_PAGE && /^\s*[{[]/.test(text);
  return rowView(text, reading)?.values ?? (isPlain ? shownAt(text, reading.paths) : undefined);
}

/** The part of a body at a path, exactly as written; strings without their quotes. */
export function PathCell({ message: { id, text }, path }: { message: Message; path: string }) {
  const reading = useReading(id);
  const isPlain = reading.steps === undefined && text.length <= MOST_IN_PAGE && /^\s*[{[]/.test(text);
  const plain = useMemo(() => (isPlain ? shownAt(text, [path]) : undefined), [isPlain, text, path]);
  // What is not in the text may be in an inner value.
  const isFound = plain?.get(path) !== undefined;
  useEffect(() => {
    if (!isFound) void decodeInBackground(text, reading);
  }, [text, reading, isFound]);
  const read = useSyncExternalStore(whenDecoded, () => rowView(text, reading)?.values);
  const values = isFound ? plain : read;
  const shown = values?.get(path);
  if (shown === undefined) return values ? <span className="text-text-3">·</span> : null;
  return (
    <span title={isolated(shown)} dir="auto">
      {withoutTurns(shown.slice(0, 200))}
    </span>
  );
}
