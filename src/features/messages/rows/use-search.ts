import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import { insist } from '@/parts/insist';
import { usePreference } from '@/state/settings/preferences';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { useServiceClock, useServiceNowAs } from '@/ui/browser/use-now';
import type { Sort } from '@/ui/grid/data-grid';
import type { Found, SearchClient, SearchQuery } from './search-client';
import { useRowFilter } from './use-row-filter';

type Seen = Found & { key: string; input: readonly MessageRow[]; sort: Sort | undefined };

const NONE: MessageRow[] = [];
const NOTHING: ReadonlyMap<string, string> = new Map();
/** A search that takes less shows no progress. */
const PROGRESS_DELAY_MS = 300;

const SearchContext = createContext<ReturnType<typeof useSearch> | undefined>(undefined);
export const SearchProvider = SearchContext.Provider;
const UnjudgedContext = createContext(NOTHING);
export const UnjudgedProvider = UnjudgedContext.Provider;
/** Why a message that is among those found is not known to belong to them; undefined where it is. */
export const useUnjudged = (id: string) => useContext(UnjudgedContext).get(id);
/** What the search of this screen found. */
export const useSearchResults = () => useContext(SearchContext) as ReturnType<typeof useSearch>;

/** The rows that the filter leaves. A worker finds them: until it has answered, what it found last stays. */
export function useSearch(all: readonly MessageRow[], { connectionId, queue }: QueueRef) {
  'use memo';
  const { filter, isOn, expressions, picked, sort } = useRowFilter();
  const threshold = usePreference('poisonThreshold');
  const { steps, own = [] } = useQueueView(connectionId, queue);
  /** The column whose values are counted. */
  const [group, setGroup] = useState<string>();
  const query: SearchQuery = {
    text: filter,
    chips: { leased: isOn('leased'), poison: isOn('poison') ? threshold : undefined, expiring: isOn('expiring') },
    expressions,
    picked,
    sort,
    group,
    steps,
    own: [...own],
  };
  const isNeeded = narrows(query) || query.sort !== undefined || query.group !== undefined;
  const key = JSON.stringify(query);
  const [seen, setSeen] = useState<Seen>();
  const [failure, setFailure] = useState<Error>();
  const [progress, setProgress] = useState<number>();
  // Rows that were never shown without the filter are not shown without it while the search runs.
  const [hadAll, setHadAll] = useState(!isNeeded);
  const [attempt, setAttempt] = useState(0);
  if (!isNeeded && !hadAll) setHadAll(true);
  const client = useRef<Promise<SearchClient>>(undefined);
  const serviceClock = useServiceClock();
  // A longer list is searched less often.
  const tickMs = all.length > 2000 ? 10_000 : 1000;
  const tick = useServiceNowAs((now) => (isNeeded && seen?.isTimed ? Math.floor(now / tickMs) : 0));

  useEffect(() => {
    if (!isNeeded) return;
    const control = new AbortController();
    const asked = JSON.parse(key) as SearchQuery;
    async function ask() {
      client.current ??= insist(() => import('./search-client')).then(({ createSearchClient }) => createSearchClient());
      const { ask: askClient } = await client.current;
      const { signal } = control;
      const start = performance.now();
      const onProgress = (share: number) => {
        if (performance.now() - start > PROGRESS_DELAY_MS && !signal.aborted) setProgress(share);
      };
      const found = await askClient(all, asked, { signal, now: serviceClock(), onProgress });
      if (signal.aborted) return;
      setSeen({ ...found, key, input: all, sort: asked.sort });
      setFailure(undefined);
      setProgress(undefined);
    }
    ask().catch((error: unknown) => {
      if (!control.signal.aborted) setFailure(error instanceof Error ? error : new Error(String(error)));
    });
    return () => control.abort(new DOMException('Another search began', 'AbortError'));
    // oxlint-disable-next-line react/exhaustive-deps -- `tick` says when the time matters
  }, [all, key, isNeeded, tick, attempt]);
  useEffect(() => () => closeClient(client.current), []);

  /** Searches again with a new worker, and with expressions that were stopped. */
  function retry() {
    closeClient(client.current);
    client.current = undefined;
    setFailure(undefined);
    // Keeps the rows that were found, and drops the problems.
    setSeen(seen && { ...seen, key: '', troubles: [], notJudged: [], unjudged: NOTHING, partlyRead: undefined });
    setAttempt(attempt + 1);
  }

  const found = isNeeded ? seen : undefined;
  return {
    /** Whether the filter can leave messages out. */
    isNarrowed: narrows(query),
    /** The filter as data, for a job over all that match. */
    filter: { ...query, loaded: all.length, problem: problemOf(found) },
    shown: !isNeeded ? all : found ? upToDate(found, all) : hadAll ? all : NONE,
    /** The order that `shown` is in. */
    order: found?.sort,
    /** Nothing was found yet. */
    isFirst: isNeeded && !found && !hadAll,
    /** What is shown is what the query as it is now finds. */
    isSettled: !isNeeded || found?.key === key,
    progress: found?.key === key ? undefined : progress,
    failure: isNeeded ? failure : undefined,
    retry,
    problems: found?.problems ?? [],
    troubles: found?.troubles ?? [],
    notJudged: found?.notJudged ?? [],
    unjudged: found?.unjudged ?? NOTHING,
    partlyRead: found?.partlyRead,
    counts: found?.counts ?? [],
    groups: found?.groups,
    /** The counted messages as the search saw them, of one group after the other, those beyond `groups` last. */
    members: found?.members,
    setGroup,
  };
}

/** Why a filter cannot be asked about messages that are not loaded. */
const problemOf = (found: Seen | undefined): string | undefined =>
  found &&
  (found.problems.length > 0 || found.troubles.some(({ count, isStopped }) => count === undefined && !isStopped)
    ? 'A part of the filter cannot be read'
    : undefined);

/** A client that could not be loaded needs no closing. */
const closeClient = (client: Promise<SearchClient> | undefined) =>
  void client?.then(({ close }) => close()).catch(() => {});

/** Whether a query can leave rows out. */
const narrows = ({ text, chips, expressions, picked }: SearchQuery) =>
  text.trim() !== '' ||
  chips.leased ||
  chips.poison !== undefined ||
  chips.expiring ||
  expressions.length > 0 ||
  picked !== undefined;

/** Rows that were found, as they are now; those that have gone since are left out at once. */
function upToDate({ rows, input }: Seen, all: readonly MessageRow[]): readonly MessageRow[] {
  if (input === all) return rows;
  const byId = new Map(all.map((row) => [row.id, row]));
  return rows.flatMap(({ id }) => byId.get(id) ?? []);
}
