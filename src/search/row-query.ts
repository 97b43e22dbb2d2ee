import type { FilterProblem, Term } from './filter';
import { parseFilter } from './parse-filter';
import type { Reading } from './protocol';

/** What narrows rows, as data. All conditions must hold. */
export type RowFilter = Reading & {
  text: string;
  /** `poison`: the dequeue count from which a message is one. */
  chips: { leased: boolean; poison: number | undefined; expiring: boolean };
  expressions: readonly string[];
  picked: { column: string; key: string } | undefined;
};

/** An hour or less is soon. */
const SOON_MS = 3_600_000;

/** The conditions of what is typed and of the chips, and what of the text cannot be parsed. */
export function rowTerms({ text, chips }: Pick<RowFilter, 'text' | 'chips'>): {
  terms: Term[];
  problems: readonly FilterProblem[];
} {
  const { terms, problems } = parseFilter(text);
  return { terms: [...terms, ...termsOf(chips)], problems };
}

function termsOf({ leased, poison, expiring }: RowFilter['chips']): Term[] {
  return [
    ...(leased ? [{ kind: 'leased', leased: true, not: false } as const] : []),
    ...(poison === undefined ? [] : [{ kind: 'deq', compare: '>=', value: poison, not: false } as const]),
    ...(expiring ? [{ kind: 'expires', compare: '<', value: SOON_MS, not: false } as const] : []),
  ];
}
