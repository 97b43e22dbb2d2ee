import { textBytes } from '@/azure/protocol/message-text';
import type { Message } from '@/azure/protocol/model';
import { type Lease, leaseView } from './lease';
import type { QueueRecords } from './queue-records';
import { type Claim, isLeaving, type MessageRecord, shownMessage } from './record';

/** One row of the grid: a message as it is known, and the lease on it when we have one. */
export type MessageRow = {
  id: string;
  /** As it is shown: with what was asked for and not answered yet. */
  message: Message;
  lease: Lease | undefined;
  /** Who works on it, other than the person. */
  claim: Claim | undefined;
  /** Epoch ms by the connection's clock until which another tab of this browser has it. */
  elsewhere: number | undefined;
  /** Epoch ms by the connection's clock until which this tab has hidden it without keeping a lease on it. */
  hidden: number | undefined;
  /** Place among what is loaded, from 1. */
  position: number;
  /** Visible messages seen before it. */
  ahead: number;
  /** UTF-8 bytes of the text. */
  size: number;
};

/** What a peek listed: ids over records, asked for at a tick and answered `at` epoch ms by the connection's clock. */
export type Listed = { ids: readonly string[]; asked: number; at: number };

/** TimeNextVisible has no fractions: a message may come back up to a second later. */
const VISIBLE_AFTER_MS = 1000;

/**
 * What is on the screen: what a person leased first, then what the peek listed, without what is deleted or being deleted. A
 * message whose lease ended or was released after the peek stays until the next one tells where it is: one that was released
 * at the end, where the queue has it.
 */
export function messageRows(records: QueueRecords, { ids, asked, at }: Listed): MessageRow[] {
  const listed = new Set(ids);
  const leased: MessageRecord[] = [];
  const returning: MessageRecord[] = [];
  for (const record of records.leased('tab')) {
    const { lease, message } = record;
    if (!lease || !message || isLeaving(record)) continue;
    if (isTop(record)) leased.push(record);
    else if (isOurs(record) && !listed.has(record.id) && lease.endsAt + VISIBLE_AFTER_MS > at) returning.push(record);
  }
  const top = new Set(leased.map(({ id }) => id));
  const visible = [...returning];
  // A service that lists an id twice shows one message once.
  for (const id of listed) {
    const record = records.get(id);
    if (record?.message && !top.has(id) && !isLeaving(record)) visible.push(record);
  }
  for (const record of records.leased('nobody')) {
    const { standing, message, id } = record;
    const isReleased = standing.is === 'there' && (standing.released?.answered ?? 0) > asked;
    if (isReleased && message && !listed.has(id) && !isLeaving(record)) visible.push(record);
  }
  const rows: MessageRow[] = [];
  const last = new Map(lastRows.get(records)?.map((row) => [row.id, row]));
  for (const record of leased) rows.push(toRow(records, record, rows.length, 0, last.get(record.id)));
  for (const [ahead, record] of visible.entries()) {
    rows.push(toRow(records, record, rows.length, ahead, last.get(record.id)));
  }
  return asBefore(records, rows);
}

const lastRows = new WeakMap<QueueRecords, MessageRow[]>();

/** Rows that did not change keep their identity, and so does the whole list. */
function asBefore(records: QueueRecords, rows: MessageRow[]): MessageRow[] {
  const last = lastRows.get(records) ?? [];
  const byId = new Map(last.map((row) => [row.id, row]));
  const kept = rows.map((row) => {
    const before = byId.get(row.id);
    return before && isSameRow(before, row) ? before : row;
  });
  const result = kept.length === last.length && kept.every((row, index) => row === last[index]) ? last : kept;
  lastRows.set(records, result);
  return result;
}

/** Whether two rows of one message show the same. */
export const isSameRow = (one: MessageRow, other: MessageRow): boolean =>
  one.message === other.message &&
  one.lease === other.lease &&
  one.claim === other.claim &&
  one.elsewhere === other.elsewhere &&
  one.hidden === other.hidden &&
  one.position === other.position &&
  one.ahead === other.ahead;

/** Leased by a person in this tab, who sees it above all others. */
const isTop = ({ lease }: MessageRecord): boolean => lease?.holder === 'tab' && lease.state !== 'ended';
const isOurs = ({ lease }: MessageRecord): boolean => lease?.holder === 'tab' && lease.state === 'ended';

function sizeOf(message: Message, record: MessageRecord, last: MessageRow | number | undefined): number {
  // What was measured is the text that is certain, and not one that was asked for.
  if (typeof last === 'number' && message === record.message) return last;
  return typeof last === 'object' && last.message === message ? last.size : textBytes(message.text);
}

/**
 * The row of a record that has its message. `index` counts from 0. `last` is its row from before, whose text need not be
 * measured again, or the bytes of the text where they are known.
 */
export function toRow(
  records: QueueRecords,
  record: MessageRecord,
  index: number,
  ahead: number,
  last?: MessageRow | number,
): MessageRow {
  const message = shownMessage(record) as Message;
  const { lease, standing } = record;
  // What works with a lease by itself needs no view of it, and may have hundreds of thousands.
  const isShown = lease && lease.state !== 'ended' && (lease.holder === 'tab' || lease.holder === 'left');
  return {
    id: record.id,
    message,
    lease: isShown ? leaseView(records.ref, record) : undefined,
    claim: record.claim,
    elsewhere: lease?.holder === 'elsewhere' ? lease.endsAt : undefined,
    hidden: standing.is === 'hidden' ? standing.until : undefined,
    position: index + 1,
    ahead,
    size: sizeOf(message, record, last),
  };
}
