import type { MessageRow } from '@/messages/message-rows';
import { dependsOnTime, type FilterProblem } from '@/search/filter';
import { type RowFilter, rowTerms } from '@/search/row-query';
import { openSearch } from '@/search/search';
import type { Answer } from '@/search/search-answer';
import type { Sort } from '@/ui/grid/data-grid';

/** What narrows, orders and counts rows. */
export type SearchQuery = RowFilter & { sort: Sort | undefined; group: string | undefined };

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
    const { terms, problems } = rowTerms({ text, chips });
    const order = sort && { column: sort.id, descending: sort.descending };
    const answer = await search.ask(rows, { ...query, terms, sort: order }, options);
    return { ...answer, problems, isTimed: dependsOnTime(terms) };
  }
  return { ask, close: search.close };
}

export type SearchClient = ReturnType<typeof createSearchClient>;
