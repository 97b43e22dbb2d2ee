import type { Message } from '@/azure/account';
import { textBytes } from '@/azure/sendable-text';
import { isRunning, type Lease } from '@/state/leases';

/** One row of the grid: a message as last seen, and the lease on it when we hold one. */
export type MessageRow = {
  id: string;
  message: Message;
  lease: Lease | undefined;
  /** Place among what is loaded, from 1. */
  position: number;
  /** Visible messages peeked before it. */
  ahead: number;
  /** UTF-8 bytes of the text. */
  size: number;
};

const HOUR = 3_600_000;
const sizes = new WeakMap<Message, number>();

/** UTF-8 bytes of a message's text, counted once. */
export function textSize(message: Message): number {
  const known = sizes.get(message);
  if (known !== undefined) return known;
  const size = textBytes(message.text);
  sizes.set(message, size);
  return size;
}

/** What rows are made of. */
export type Loaded = {
  peeked: readonly Message[];
  /** Epoch ms of the peek by the connection's clock, 0 before the first. */
  peekedAt: number;
  /** Leases on messages of this queue, ended ones too. */
  leases: readonly Lease[];
  /** Ids that are being deleted. */
  pendingDeletes: readonly string[];
};

/** TimeNextVisible has no fractions: a message may come back up to a second later. */
const VISIBLE_AFTER = 1000;

/**
 * What is on the screen: our leases first, then what was peeked, without what is being deleted. A message whose lease
 * ended after the last peek stays until the next one tells where it is.
 */
export function messageRows({ peeked, peekedAt, leases, pendingDeletes }: Loaded): MessageRow[] {
  const running = leases.filter(isRunning);
  const known = new Set([...peeked, ...running].map(({ id }) => id));
  const returning = leases.filter(
    (lease) => !isRunning(lease) && !known.has(lease.id) && lease.endsAt.getTime() + VISIBLE_AFTER > peekedAt,
  );
  const leased = new Set(running.map(({ id }) => id));
  const visible = [...returning, ...peeked.filter(({ id }) => !leased.has(id))];
  const gone = new Set(pendingDeletes);
  const rows = [
    ...running.map((lease) => ({ message: lease, lease, ahead: 0 })),
    ...visible.map((message, ahead) => ({ message, lease: undefined, ahead })),
  ];
  return rows
    .filter(({ message }) => !gone.has(message.id))
    .map(({ message, lease, ahead }, index) => ({
      id: message.id,
      message,
      lease,
      ahead,
      position: index + 1,
      size: textSize(message),
    }));
}

/** True within an hour of the expiry; never for a message that does not expire. */
export const isExpiring = ({ message }: MessageRow, now: number) =>
  message.expiresAt !== null && message.expiresAt.getTime() - now < HOUR;

export const isPoison = ({ message }: MessageRow, threshold: number) => message.dequeueCount >= threshold;

/** Ids that are still on the screen, so that a selection never counts what has gone. */
export const prunedSelection = (selected: ReadonlySet<string>, rows: readonly MessageRow[]) =>
  rows.filter((row) => selected.has(row.id)).map((row) => row.id);
