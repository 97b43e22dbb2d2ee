import type { MessageRow } from '@/messages/message-rows';
import { dependsOnTime, type FilterProblem, type Term } from '@/search/filter';
import { parseFilter } from '@/search/parse-filter';
import type { Reading } from '@/search/protocol';
import { openSearch } from '@/search/search';
import type { Answer } from '@/search/search-answer';
import type { Sort } from '@/ui/grid/data-grid';

/** What narrows, orders and counts rows. All conditions must hold. */
export type SearchQuery = Reading & {
  text: string;
  /** `poison`: the dequeue count from which a message is one. */
  chips: { leased: boolean; poison: number | undefined; expiring: boolean };
  expressions: readonly string[];
  picked: { column: string; key: string } | undefined;
  sort: Sort | undefined;
  group: string | undefined;
};

/** An hour or less is soon. */
const SOON_MS = 3_600_000;

export type Found = Answer<MessageRow> & {
  problems: readonly FilterProblem[];
  /** Whether the result changes with time alone. */
  isTimed: boolean;
};

/** Sends the query of the filter bar to the worker. Both are loaded with the first search. */
export function createSearchClient() {
  const search = openSearch<MessageRow>();
  async function ask(
    rows: readonly MessageRow[],
    { text, chips, steps, own, sort, ...query }: SearchQuery,
    options: Parameters<typeof search.ask>[2],
  ): Promise<Found> {
    // The query came as JSON, which has no undefined in a list.
    search.decodeBy({ steps, own: own.map(([id, by]) => [id, by ?? undefined]) });
    const { terms: typed, problems } = parseFilter(text);
    const terms = [...typed, ...termsOf(chips)];
    const order = sort && { column: sort.id, descending: sort.descending };
    const answer = await search.ask(rows, { ...query, terms, sort: order }, options);
    return { ...answer, problems, isTimed: dependsOnTime(terms) };
  }
  return { ask, close: search.close };
}

export type SearchClient = ReturnType<typeof createSearchClient>;

function termsOf({ leased, poison, expiring }: SearchQuery['chips']): Term[] {
  return [
    ...(leased ? [{ kind: 'leased', leased: true, not: false } as const] : []),
    ...(poison === undefined ? [] : [{ kind: 'deq', compare: '>=', value: poison, not: false } as const]),
    ...(expiring ? [{ kind: 'expires', compare: '<', value: SOON_MS, not: false } as const] : []),
  ];
}
