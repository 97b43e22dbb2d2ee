import type { LeaseSearch, LeaseSearchResult } from '@/bulk/leasing/lease-by-id';
import type { Lease } from '@/state/leases/leases';
import type { ToastOptions } from '@/ui/overlay/toast-store';
import { count, counted } from '@/words/counts';
import { clockTime } from '@/words/times';
import { shortId } from '../shared/short-id';

/** The shortest lease for a message that is to be worked on. */
const SHORTEST_LEASE_SECONDS = 60;

/** Messages that a search passes at most. */
type Limit = number | 'all';

type Wish = {
  /** Visible messages known to be before the last of them. */
  ahead: number | undefined;
  limit: Limit;
  /** Seconds that a receive leases for. */
  usual: number;
};

/** Seconds for which a message is leased to be worked on. */
export const secondsToWork = (usual: number): number => Math.max(SHORTEST_LEASE_SECONDS, usual);

/** The search for chosen messages. */
export const searchFor = (ids: readonly string[], { ahead, limit, usual }: Wish): LeaseSearch => ({
  ids: new Set(ids),
  visibilityTimeout: secondsToWork(usual),
  ...(ahead !== undefined && { ahead }),
  limit: limit === 'all' ? Infinity : limit,
});

/** Whether the search most likely stops before a message with `ahead` visible messages before it. */
export const isPastLimit = (ahead: number, limit: Limit): boolean => limit !== 'all' && ahead >= limit;

const OVER: Partial<Record<NonNullable<Lease['ending']>, string>> = {
  refused: 'Your lease is over: another consumer received the message, or it was deleted',
  elsewhere: 'Your lease is over: another tab of this browser received the message',
  seen: 'Your lease is over: the message was seen again',
  malformed: 'The service does not take the receipt of your lease',
};

/** How a lease ended while its message was open. */
export const endedText = ({ ending, endsAt }: Pick<Lease, 'ending' | 'endsAt'>): string =>
  (ending && OVER[ending]) ?? `Your lease ended at ${clockTime(endsAt)}`;

/** What a search did to other messages; undefined when it passed none. */
const othersPassed = ({ passed, unreturned }: LeaseSearchResult): string | undefined =>
  passed === 0
    ? undefined
    : `${counted(passed, 'other message')} passed: released, dequeue count up by 1.${unreturned > 0 ? ` ${unreturned} could not be released and stay hidden until their lease ends.` : ''}`;

/** The toast after a search for one message. */
export function oneSearched(id: string, result: LeaseSearchResult, wasCancelled: boolean): ToastOptions {
  const others = othersPassed(result);
  if (result.found.length > 0)
    return { title: `Leased ${shortId(id)}`, detail: others, tone: 'success', duration: 8000 };
  if (wasCancelled) return { title: 'Stopped looking', detail: others, duration: 8000 };
  return {
    title: `${shortId(id)} was not found`,
    detail: `${others ?? 'No message was visible.'} It may be further back, held by another consumer, or gone.`,
    tone: 'warn',
    duration: 12_000,
  };
}

/** The toast after a search for several messages. */
export function someSearched(result: LeaseSearchResult, wasCancelled: boolean): ToastOptions {
  const { found, missing } = result;
  const isAll = missing.length === 0;
  const lost =
    isAll || wasCancelled
      ? ''
      : `${counted(missing.length, 'message')} not found: further back, held by another consumer, or gone. `;
  return {
    title: isAll
      ? `Leased ${counted(found.length, 'message')}`
      : `Leased ${count(found.length)} of ${counted(found.length + missing.length, 'message')}`,
    detail: `${lost}${othersPassed(result) ?? ''}` || undefined,
    tone: isAll ? 'success' : 'warn',
    duration: isAll ? 8000 : 12_000,
  };
}
