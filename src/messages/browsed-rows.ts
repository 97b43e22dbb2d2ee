import { textBytes } from '@/azure/protocol/message-text';
import type { Message } from '@/azure/protocol/model';
import { isRunning } from './lease';
import { isSameRow, type MessageRow, toRow } from './message-rows';
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
  /** Bytes of texts that were measured and have no row yet. */
  const measured = new Map<Message, number>();
  /** What a person leased beside the list may be others. */
  let areOthersDirty = true;
  let others: readonly MessageRow[] = [];
  /** By place, the rows as they were made for what stood before the list, and what they were made of. */
  let moved: Moved | undefined;

  const stop = records.subscribe((changes) => {
    for (const { before, after } of changes) {
      const id = (after ?? before)?.id ?? '';
      if (places.has(id)) dirty.add(id);
      else areOthersDirty ||= before?.lease?.holder === 'tab' || after?.lease?.holder === 'tab';
    }
  });

  function rowAt(place: number): MessageRow | undefined {
    const record = records.get(ids[place] ?? '');
    if (!record?.message || isLeaving(record)) return undefined;
    const before = rows[place];
    return asBefore(before, toRow(records, record, place, place, measured.get(record.message) ?? before));
  }

  function otherRows(): readonly MessageRow[] {
    const found: MessageRecord[] = [];
    for (const record of records.leased('tab')) {
      const { lease, message } = record;
      const isOurs = lease?.holder === 'tab' && isRunning(lease);
      if (isOurs && message && !places.has(record.id) && !isLeaving(record)) found.push(record);
    }
    const last = new Map(others.map((row) => [row.id, row]));
    return found.map((record, index) => {
      const before = last.get(record.id);
      return asBefore(before, toRow(records, record, index, 0, before));
    });
  }

  /** The rows of the list behind so many others: made anew where they changed, as there may be hundreds of thousands. */
  function behind(by: number): MessageRow[] {
    const before = moved?.by === by ? moved : undefined;
    const to: MessageRow[] = [];
    const there: MessageRow[] = [];
    for (const [place, row] of rows.entries()) {
      if (!row) continue;
      const next = (before?.from[place] === row ? before.to[place] : undefined) ?? movedBy(row, by);
      to[place] = next;
      there.push(next);
    }
    moved = { by, from: rows, to };
    return there;
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
        // Batch by batch, so that the rows of a second need not be measured all at once.
        const message = records.get(id)?.message;
        if (message) measured.set(message, textBytes(message.text));
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
        measured.clear();
      }
      if (others.length > 0) {
        shown = [...others, ...behind(others.length)];
        return shown;
      }
      moved = undefined;
      shown = hasGaps ? rows.filter((row) => row !== undefined) : (rows as MessageRow[]);
      return shown;
    },
    close: stop,
  };
}

/** Undefined in `from` for what is not shown, and then nothing in `to`. */
type Moved = { by: number; from: readonly (MessageRow | undefined)[]; to: readonly MessageRow[] };

const asBefore = (before: MessageRow | undefined, row: MessageRow): MessageRow =>
  before && isSameRow(before, row) ? before : row;

const movedBy = (row: MessageRow, by: number): MessageRow => ({ ...row, position: row.position + by });

export type BrowsedRows = ReturnType<typeof browsedRows>;
