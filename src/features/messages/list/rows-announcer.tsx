import { useEffect, useEffectEvent, useRef } from 'react';
import { type Refresh, useRefresh } from '@/state/messages/refreshes';
import { announce } from '@/ui/feedback/live-region';
import { counted, exact } from '@/words/counts';
import { useRows } from '../rows/use-queue-rows';
import { useSearchResults } from '../rows/use-search';
import { refreshedText } from './refreshed-text';

/** Ms in which no letter of a filter is typed before its result is told. */
const TYPED_MS = 800;

/** Tells what a peek, a refresh and a filter brought, once each; where no row is left, the state in their place does. Draws nothing. */
export function RowsAnnouncer() {
  'use no memo';
  useSpokenPeek();
  useSpokenFilter();
  return null;
}

/** The rows as they were when a refresh was asked for, and the time of their peek. */
type Before = { ids: ReadonlySet<string>; at: number; wasBrowsed: boolean };

function useSpokenPeek() {
  const { connectionId, queue, peek, all, newRowCount, browsed } = useRows();
  const refresh = useRefresh({ connectionId, queue });
  // A refresh from before this screen is no news.
  const seen = useRef(refresh?.number);
  const before = useRef<Before>(undefined);
  const isFirst = useRef(true);

  const noteAsked = useEffectEvent((asked: Refresh | undefined) => {
    if (!asked || asked.number === seen.current) return;
    seen.current = asked.number;
    const { wasBrowsed } = asked;
    before.current = { ids: new Set(all.map(({ id }) => id)), at: peek.dataUpdatedAt, wasBrowsed };
  });
  useEffect(() => noteAsked(refresh), [refresh]);

  const tell = useEffectEvent((at: number) => {
    const asked = before.current;
    if (!isFirst.current && (!asked || asked.at === at)) return;
    const isPeek = isFirst.current || asked?.wasBrowsed;
    isFirst.current = false;
    before.current = undefined;
    if (all.length === 0 || browsed) return;
    announce(
      isPeek || !asked
        ? `Peeked ${counted(all.length, 'message')} of ${queue}`
        : refreshedText(asked.ids, all, newRowCount),
    );
  });
  const isThere = peek.data !== undefined && !peek.isFetching && peek.error === null;
  useEffect(() => {
    if (isThere) tell(peek.dataUpdatedAt);
  }, [isThere, peek.dataUpdatedAt]);
}

function useSpokenFilter() {
  const { all } = useRows();
  const { shown, filter, isNarrowed, isSettled } = useSearchResults();
  const key = JSON.stringify([filter.text, filter.chips, filter.expressions, filter.picked]);
  const told = useRef(key);
  const tell = useEffectEvent((asked: string) => {
    if (told.current === asked) return;
    told.current = asked;
    if (shown.length === 0) return;
    announce(
      isNarrowed ? `Showing ${exact(shown.length)} of ${exact(all.length)}` : `Showing all ${exact(all.length)}`,
    );
  });
  useEffect(() => {
    if (!isSettled) return undefined;
    const timer = setTimeout(() => tell(key), TYPED_MS);
    return () => clearTimeout(timer);
  }, [key, isSettled]);
}
