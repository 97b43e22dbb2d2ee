import { textBytes } from '@/azure/protocol/message-text';
import type { Message } from '@/azure/protocol/model';
import { isRunning } from './lease';
import { asBefore, type MessageRow, toRow } from './message-rows';
import type { QueueRecords } from './queue-records';
import { isLeaving, type MessageRecord } from './record';

/**
 * Makes the rows of a growing list of ids, such as a browse's, from the current records: in the order of the list, without
 * deleted messages and running deletes, and after a person's leased messages that are not in the list. `rows()` costs as much
 * as has changed since the last call; `close` ends it.
 */
export function browsedRows(records: QueueRecords) {
  const ids: string[] = [];
  const indexes = new Map<string, number>();
  /** By index in the list; undefined for messages that are not shown. */
  let rows: (MessageRow | undefined)[] = [];
  let hasGaps = false;
  let shown: readonly MessageRow[] | undefined = [];
  const dirty = new Set<string>();
  /** Bytes of texts of messages without a row yet. */
  const measured = new Map<Message, number>();
  /** True when `others` must be made again. */
  let areOthersDirty = true;
  let others: readonly MessageRow[] = [];
  /** The rows shifted by the number of `others`, with the rows they were made from. */
  let shiftedRows: ShiftedRows | undefined;

  const stop = records.subscribe((changes) => {
    for (const { before, after } of changes) {
      const id = (after ?? before)?.id ?? '';
      if (indexes.has(id)) dirty.add(id);
      else areOthersDirty ||= before?.lease?.holder === 'tab' || after?.lease?.holder === 'tab';
    }
  });

  function rowAt(index: number): MessageRow | undefined {
    const record = records.get(ids[index] ?? '');
    if (!record?.message || isLeaving(record)) return undefined;
    const before = rows[index];
    return asBefore(before, toRow(records, record, index, index, measured.get(record.message) ?? before));
  }

  function otherRows(): readonly MessageRow[] {
    const leased: MessageRecord[] = [];
    for (const record of records.leased('tab')) {
      const { lease, message } = record;
      const isOurs = lease?.holder === 'tab' && isRunning(lease);
      if (isOurs && message && !indexes.has(record.id) && !isLeaving(record)) leased.push(record);
    }
    const last = new Map(others.map((row) => [row.id, row]));
    return leased.map((record, index) => {
      const before = last.get(record.id);
      return asBefore(before, toRow(records, record, index, 0, before));
    });
  }

  /** The rows of the list after `by` others, reusing those that did not change, as there may be hundreds of thousands. */
  function behind(by: number): MessageRow[] {
    const before = shiftedRows?.by === by ? shiftedRows : undefined;
    const to: MessageRow[] = [];
    const all: MessageRow[] = [];
    for (const [index, row] of rows.entries()) {
      if (!row) continue;
      const next = (before?.from[index] === row ? before.to[index] : undefined) ?? shiftedBy(row, by);
      to[index] = next;
      all.push(next);
    }
    shiftedRows = { by, from: rows, to };
    return all;
  }

  return {
    ids: ids as readonly string[],
    has: (id: string) => indexes.has(id),
    add(fresh: readonly string[]): void {
      for (const id of fresh) {
        if (indexes.has(id)) continue;
        indexes.set(id, ids.length);
        dirty.add(id);
        ids.push(id);
        // Measured with each batch, so that `rows()` need not measure all at once.
        const message = records.get(id)?.message;
        if (message) measured.set(message, textBytes(message.text));
      }
      // Others may now be in the list.
      areOthersDirty ||= others.length > 0;
    },
    /** Returns the same array until a row changes. */
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
          const index = indexes.get(id) ?? 0;
          rows[index] = rowAt(index);
          hasGaps ||= rows[index] === undefined;
        }
        dirty.clear();
        measured.clear();
      }
      if (others.length > 0) {
        shown = [...others, ...behind(others.length)];
        return shown;
      }
      shiftedRows = undefined;
      shown = hasGaps ? rows.filter((row) => row !== undefined) : (rows as MessageRow[]);
      return shown;
    },
    close: stop,
  };
}

/** Where `from` is undefined, for a message that is not shown, `to` has a hole. */
type ShiftedRows = { by: number; from: readonly (MessageRow | undefined)[]; to: readonly MessageRow[] };

const shiftedBy = (row: MessageRow, by: number): MessageRow => ({ ...row, position: row.position + by });

export type BrowsedRows = ReturnType<typeof browsedRows>;
