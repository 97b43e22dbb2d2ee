import { textBytes } from '@/azure/protocol/message-text';
import type { Message } from '@/azure/protocol/model';
import { type Lease, leaseView } from './lease';
import type { QueueRecords } from './queue-records';
import { type Claim, isLeaving, type MessageRecord, shownMessage } from './record';

/** One row of the grid: a message and its lease of this tab, if any. */
export type MessageRow = {
  id: string;
  /** With the pending text. */
  message: Message;
  lease: Lease | undefined;
  /** Work that has claimed it. */
  claim: Claim | undefined;
  /** Epoch ms by the connection's clock until which another tab of this browser has leased it. */
  elsewhere: number | undefined;
  /** Epoch ms by the connection's clock until which this tab has hidden it without a lease. */
  hidden: number | undefined;
  /** Position among the loaded messages, from 1. */
  position: number;
  /** Visible messages seen before it. */
  ahead: number;
  /** UTF-8 bytes of the text. */
  size: number;
};

/** Response of a peek: ids of records, tick of the request, and epoch ms of the response by the connection's clock. */
export type Listed = { ids: readonly string[]; asked: number; at: number };

/** TimeNextVisible has whole seconds: a message may become visible up to a second later. */
const VISIBLE_AFTER_MS = 1000;

/**
 * The rows of the grid: the person's leased messages first, then those of the peek, without deleted messages and running
 * deletes. A message whose lease ended or was released after the peek stays until the next one; a released one at the end, as
 * in the queue.
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
  // Rows, and the array, that did not change stay the same objects.
  const last = lastRows.get(records) ?? [];
  const byId = new Map(last.map((row) => [row.id, row]));
  const rows: MessageRow[] = [];
  const add = (record: MessageRecord, ahead: number) => {
    const before = byId.get(record.id);
    rows.push(asBefore(before, toRow(records, record, rows.length, ahead, before)));
  };
  for (const record of leased) add(record, 0);
  for (const [ahead, record] of visible.entries()) add(record, ahead);
  const isSame = rows.length === last.length && rows.every((row, index) => row === last[index]);
  const result = isSame ? last : rows;
  lastRows.set(records, result);
  return result;
}

const lastRows = new WeakMap<QueueRecords, MessageRow[]>();

/** Returns the last row of a message when the new one shows the same. */
export const asBefore = (before: MessageRow | undefined, row: MessageRow): MessageRow =>
  before && isSameRow(before, row) ? before : row;

/** True when two rows of one message show the same. */
const isSameRow = (one: MessageRow, other: MessageRow): boolean =>
  one.message === other.message &&
  one.lease === other.lease &&
  one.claim === other.claim &&
  one.elsewhere === other.elsewhere &&
  one.hidden === other.hidden &&
  one.position === other.position &&
  one.ahead === other.ahead;

/** True for a person's running lease, which is listed first. */
const isTop = ({ lease }: MessageRecord): boolean => lease?.holder === 'tab' && lease.state !== 'ended';
const isOurs = ({ lease }: MessageRecord): boolean => lease?.holder === 'tab' && lease.state === 'ended';

function sizeOf(message: Message, record: MessageRecord, last: MessageRow | number | undefined): number {
  // The measured size is of the record's text, not of a pending one.
  if (typeof last === 'number' && message === record.message) return last;
  return typeof last === 'object' && last.message === message ? last.size : textBytes(message.text);
}

/**
 * Makes the row of a record with a message. `index` counts from 0. `last` is its last row, whose text need not be measured
 * again, or the bytes of the text where known.
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
  // Jobs and browses need no views of their leases, of which there may be hundreds of thousands.
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
