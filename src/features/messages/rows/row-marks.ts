import { lowerArticle, whyTaken } from '@/actions/taken';
import type { MessageRow } from '@/messages/message-rows';
import { clockTime } from '@/words/times';

const HOUR_MS = 3_600_000;

/** True within an hour of the expiry; never for a message that does not expire. */
export const isExpiring = ({ message }: MessageRow, now: number) =>
  message.expiresAt !== null && message.expiresAt.getTime() - now < HOUR_MS;

type Expiring = { count: number; since: number; until: number };

const expiring = new WeakMap<readonly MessageRow[], Expiring>();

/** How many of the rows `isExpiring` is true for: they are gone through again when the next one comes to them. */
export function expiringIn(rows: readonly MessageRow[], now: number): number {
  const known = expiring.get(rows);
  if (known && now >= known.since && now < known.until) return known.count;
  const found: Expiring = { count: 0, since: now, until: Number.POSITIVE_INFINITY };
  for (const row of rows) {
    if (isExpiring(row, now)) found.count++;
    else if (row.message.expiresAt) found.until = Math.min(found.until, row.message.expiresAt.getTime() - HOUR_MS);
  }
  expiring.set(rows, found);
  return found.count;
}

/**
 * What a row is marked with while somebody here hides its message and a person has no lease on it: in a word, and in
 * more of them. Undefined where nobody does.
 */
export function leaseMark(row: MessageRow): { word: 'held' | 'hidden'; words: string } | undefined {
  const { claim, elsewhere, hidden } = row;
  if (claim) {
    const until = claim.kind === 'browse' ? ' until it is returned' : '';
    return { word: 'held', words: `Held by ${lowerArticle(claim.name)}${until}` };
  }
  if (elsewhere !== undefined) return { word: 'held', words: whyTaken(row) ?? '' };
  return hidden === undefined
    ? undefined
    : { word: 'hidden', words: `Hidden by this tab until ${clockTime(hidden)}, without a lease` };
}

export const isPoison = ({ message }: MessageRow, threshold: number) => message.dequeueCount >= threshold;
