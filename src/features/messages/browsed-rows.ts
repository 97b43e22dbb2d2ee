import type { Message } from '@/azure/account';
import { isRunning, type Lease } from '@/state/leases';
import { type MessageRow, textSize } from './message-rows';

let last: { messages: readonly Message[]; rows: readonly MessageRow[] } = { messages: [], rows: [] };

/** Rows of what a browse saw. Those made before stay the same, so that a batch costs its own rows alone. */
function seenRows(messages: readonly Message[]): readonly MessageRow[] {
  const { length } = last.messages;
  const goesOn = length > 0 && messages[0] === last.messages[0] && messages[length - 1] === last.messages[length - 1];
  const known = goesOn ? last.rows : [];
  if (messages.length !== known.length) {
    const added = messages.slice(known.length).map((message, index) => toRow(message, known.length + index));
    last = { messages, rows: [...known, ...added] };
  }
  return last.rows;
}

const toRow = (message: Message, index: number): MessageRow => ({
  id: message.id,
  message,
  lease: undefined,
  position: index + 1,
  ahead: index,
  size: textSize(message),
});

const leasedRow = (lease: Lease, position: number): MessageRow => ({ ...toRow(lease, position - 1), lease });
const movedRow = (row: MessageRow, by: number): MessageRow => ({ ...row, position: row.position + by });

/** What is known of messages beside what a browse saw. */
type Since = { leases: readonly Lease[]; pendingDeletes: readonly string[] };

/**
 * What a browse saw, in the order it came, with the leases that we hold on it by now; leases on other messages come
 * first. Without what is being deleted.
 */
export function browsedRows(messages: readonly Message[], { leases, pendingDeletes }: Since): readonly MessageRow[] {
  const rows = seenRows(messages);
  const held = new Map(leases.filter(isRunning).map((lease) => [lease.id, lease]));
  if (held.size === 0 && pendingDeletes.length === 0) return rows;
  const gone = new Set(pendingDeletes);
  const seen = rows.map((row) => {
    const lease = held.get(row.id);
    held.delete(row.id);
    return lease ? leasedRow(lease, row.position) : row;
  });
  const others = [...held.values()].map((lease, index) => leasedRow(lease, index + 1));
  const all = others.length === 0 ? seen : [...others, ...seen.map((row) => movedRow(row, others.length))];
  return gone.size === 0 ? all : all.filter(({ id }) => !gone.has(id));
}
