import { isolated } from '@/words/isolate';
import { groupLabel } from './group-label';
import { PATH } from './protocol';
import type { RowFilter } from './row-query';

/** A condition of a filter in words, with what it is a condition of. */
export type FilterPart = {
  of: 'picked' | 'text' | 'expression' | 'leased' | 'poison' | 'expiring';
  words: string;
  source?: string;
};

const COLUMNS: Readonly<Record<string, string>> = { dequeues: 'dequeue count', lease: 'lease', format: 'format' };

/** The conditions of a filter, each as a phrase that follows "where": "currency is EURO". */
export function filterParts({
  text,
  chips,
  expressions,
  picked,
}: Pick<RowFilter, 'text' | 'chips' | 'expressions' | 'picked'>): FilterPart[] {
  const { leased, poison, expiring } = chips;
  const typed = text.trim();
  return [
    ...(picked ? [{ of: 'picked', words: pickedWords(picked) } as const] : []),
    ...expressions.map((source) => ({ of: 'expression', words: isolated(source), source }) as const),
    ...(typed === '' ? [] : [{ of: 'text', words: `“${isolated(typed)}”` } as const]),
    ...(leased ? [{ of: 'leased', words: 'leased by you' } as const] : []),
    ...(poison === undefined ? [] : [{ of: 'poison', words: `${poison}+ dequeues` } as const]),
    ...(expiring ? [{ of: 'expiring', words: 'expiring within 1 h' } as const] : []),
  ];
}

function pickedWords({ column, key }: { column: string; key: string }): string {
  const name = isolated(column.startsWith(PATH) ? column.slice(PATH.length) : (COLUMNS[column] ?? column));
  const label = groupLabel(column, key);
  if (label === 'Not there') return `${name} is not there`;
  return label === 'Empty text' ? `${name} is empty` : `${name} is ${isolated(label)}`;
}

/** Characters of a filter that a title shows. */
const MOST_CHARACTERS = 80;
/** Around a value that is isolated. */
const [BEGIN, END] = ['\u2068', '\u2069'];

/** All conditions of a filter as one phrase that follows "where", shortened for a title. */
export function filterText(filter: Parameters<typeof filterParts>[0]): string {
  const words = filterParts(filter)
    .map((part) => part.words)
    .join(' and ');
  if (words.length <= MOST_CHARACTERS) return words;
  const cut = words.slice(0, MOST_CHARACTERS);
  // A value that is cut ends where the phrase does.
  return `${cut}…${cut.lastIndexOf(BEGIN) > cut.lastIndexOf(END) ? END : ''}`;
}
