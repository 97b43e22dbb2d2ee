import type { MessageRow } from '@/messages/message-rows';
import type { QueueRecords } from '@/messages/queue-records';
import { isLeaving } from '@/messages/record';
import { workableLease } from '../rows/taken';

/** More than this are deleted as a job, and only after the number has been seen. */
const MANY = 20;

/**
 * Whether rows can be deleted without a dialog: few, all of them leased, and not in production. Those that would have to be
 * leased first are told of before.
 */
export const goesAtOnce = (rows: readonly MessageRow[], isProduction: boolean): boolean =>
  rows.every((row) => workableLease(row)) && rows.length <= MANY && !isProduction;

/** Seconds: the longest that one of the leases was asked for. */
export const longest = (rows: readonly MessageRow[]): number =>
  rows.reduce((most, { lease }) => Math.max(most, lease?.total ?? 1), 1);

/** Of these rows those whose deletion is not asked for yet: what was pressed twice is on its way already. */
export const notLeaving = (
  rows: readonly MessageRow[],
  ids: readonly string[],
  records: QueueRecords,
): MessageRow[] => {
  const wanted = new Set(ids);
  return rows.filter(({ id }) => wanted.has(id) && !isOnItsWay(records, id));
};

function isOnItsWay(records: QueueRecords, id: string): boolean {
  const record = records.get(id);
  return record !== undefined && isLeaving(record);
}

/** What is selected without what is known to be gone, and how many of it are loaded. */
export function stillSelected(selected: ReadonlySet<string>, all: readonly MessageRow[], records: QueueRecords) {
  if (selected.size === 0) return { left: selected, loaded: 0 };
  const loaded = all.filter(({ id }) => selected.has(id)).length;
  if (loaded === selected.size) return { left: selected, loaded };
  const left = [...selected].filter((id) => !isGone(records, id));
  return { left: left.length === selected.size ? selected : new Set(left), loaded };
}

function isGone(records: QueueRecords, id: string): boolean {
  const standing = records.get(id)?.standing;
  return standing?.is === 'deleted' || (standing?.is === 'unknown' && standing.likely === true);
}
