import { isRunning } from './lease';
import { type MessageRow, toRow } from './message-rows';
import type { QueueRecords } from './queue-records';
import { isLeaving, type MessageRecord } from './record';

/**
 * The rows of a long list of ids that only grows, such as a browse's, as their records are now: in the order of the list,
 * without what is deleted or being deleted, and before them what a person leased that the list does not have. Asking for
 * the rows costs what has changed since they were asked for last; `close` ends it.
 */
export function browsedRows(records: QueueRecords) {
  const ids: string[] = [];
  const places = new Map<string, number>();
  /** By place in the list; undefined for what is not shown. */
  let rows: (MessageRow | undefined)[] = [];
  let hasGaps = false;
  let shown: readonly MessageRow[] | undefined = [];
  const dirty = new Set<string>();
  /** What a person leased beside the list may be others. */
  let areOthersDirty = true;
  let others: MessageRow[] = [];

  const stop = records.subscribe((changes) => {
    for (const { before, after } of changes) {
      const id = (after ?? before)?.id ?? '';
      if (places.has(id)) dirty.add(id);
      else areOthersDirty ||= before?.lease?.holder === 'tab' || after?.lease?.holder === 'tab';
    }
  });

  function rowAt(place: number): MessageRow | undefined {
    const record = records.get(ids[place] ?? '');
    return record?.message && !isLeaving(record) ? toRow(records, record, place, place) : undefined;
  }

  function otherRows(): MessageRow[] {
    const found: MessageRecord[] = [];
    for (const record of records.leased('tab')) {
      const { lease, message } = record;
      const isOurs = lease?.holder === 'tab' && isRunning(lease);
      if (isOurs && message && !places.has(record.id) && !isLeaving(record)) found.push(record);
    }
    return found.map((record, index) => toRow(records, record, index, 0));
  }

  return {
    ids: ids as readonly string[],
    has: (id: string) => places.has(id),
    add(fresh: readonly string[]): void {
      for (const id of fresh) {
        if (places.has(id)) continue;
        places.set(id, ids.length);
        dirty.add(id);
        ids.push(id);
      }
      // What was shown beside the list may be in it now.
      areOthersDirty ||= others.length > 0;
    },
    /** The same array for as long as no row changes. */
    rows(): readonly MessageRow[] {
      if (shown && dirty.size === 0 && !areOthersDirty) return shown;
      if (areOthersDirty) {
        areOthersDirty = false;
        const next = otherRows();
        if (next.length > 0 || others.length > 0) others = next;
      }
      if (dirty.size > 0) {
        rows = rows.slice();
        for (const id of dirty) {
          const place = places.get(id) ?? 0;
          rows[place] = rowAt(place);
          hasGaps ||= rows[place] === undefined;
        }
        dirty.clear();
      }
      const there = hasGaps ? rows.filter((row) => row !== undefined) : (rows as MessageRow[]);
      const by = others.length;
      shown = by === 0 ? there : [...others, ...there.map((row) => movedBy(row, by))];
      return shown;
    },
    close: stop,
  };
}

const movedBy = (row: MessageRow, by: number): MessageRow => ({ ...row, position: row.position + by });

export type BrowsedRows = ReturnType<typeof browsedRows>;
