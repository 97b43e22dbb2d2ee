import { useQuery } from '@tanstack/react-query';
import type { Account, Message } from '@/azure/account';
import { planBrowse } from '@/bulk/plan-browse';
import { queueProperties } from '@/queries/queues';
import type { MessageScope } from '@/state/dialogs';
import { useLeases } from '@/state/leases';
import { usePreference } from '@/state/preferences';
import { MOST_RECEIPTS } from '@/state/receipt-storage';
import { count, counted } from '@/ui/counts';
import type { Consequence } from './consequences';
import type { Wanted } from './message-source';

/** Messages in one receive. */
const BATCH = 32;

/** What a job is about, in numbers, as far as it is known before it begins. */
export type Scope = ReturnType<typeof useScope>;

/** The messages a dialog was opened for. */
export function useScope(
  account: Account,
  { queue, messages, reach = 0 }: Pick<MessageScope, 'queue' | 'messages' | 'reach'>,
) {
  const leases = useLeases(account.id, queue);
  const threshold = usePreference('poisonThreshold');
  const { data } = useQuery(queueProperties(account, queue));
  const held = new Set(leases.filter(({ state }) => state === 'held').map(({ id }) => id));
  const unleased = messages?.filter(({ id }) => !held.has(id)) ?? [];
  const approximate = data?.approximateMessageCount;
  return {
    queue,
    messages,
    reach,
    isWhole: messages === undefined,
    wanted: (messages ? new Set(messages.map(({ id }) => id)) : 'all') as Wanted,
    /** Messages in all; undefined when nobody can say. */
    total: messages?.length ?? approximate,
    held: messages ? messages.length - unleased.length : leases.length,
    unleased,
    threshold,
    approximate,
  };
}

/** "3 messages", "about 10,432 messages", "all messages". */
export function scopeWords({ messages, total }: Pick<Scope, 'messages' | 'total'>): string {
  if (messages) return counted(messages.length, 'message');
  return total === undefined ? 'all messages' : `about ${counted(total, 'message')}`;
}

/** Messages received at most to find those chosen, when nobody says otherwise. */
export const usualLimit = ({ unleased, approximate, reach }: Scope): number =>
  // Whoever is before them may have come since: a tenth more.
  Math.max(320, unleased.length * 2, Math.ceil(reach * 1.1), Math.min(approximate ?? 0, 1000));

/** How many requests it takes: receives, and `each` for every message. */
export const requestsFor = ({ total = 0, unleased, isWhole }: Scope, each: number): number =>
  Math.ceil((isWhole ? total : unleased.length) / BATCH) + total * each;

/** What leasing does to the messages that are to be worked on, and to those on the way to them. */
export function leasingConsequences(scope: Scope, limit: number, stays: boolean): (Consequence | false)[] {
  const { isWhole, held, unleased, total } = scope;
  const chosen = isWhole ? undefined : unleased.length;
  return [
    isWhole && {
      words: `Takes all messages that are visible when it begins, ${held > 0 ? `and the ${count(held)} that you hold` : 'from the front'}. What others lease or is delayed stays where it is, and so does what is added meanwhile.`,
    },
    chosen !== undefined &&
      chosen > 0 && {
        words: `${counted(chosen, 'message')} ${chosen === 1 ? 'is' : 'are'} not leased yet: receives from the front until ${chosen === 1 ? 'it is' : 'they are'} found, at most ${count(limit)} messages. The others are hidden while this runs, then returned with a dequeue count raised by 1.`,
        care: true,
      },
    stays && (isWhole ? (total ?? 1) > 0 : unleased.length > 0) && { words: raisedWords(scope), care: true },
    stays &&
      (isWhole ? (total ?? 0) : unleased.length) > MOST_RECEIPTS && {
        words: `All of them are held to the end. After a reload in the middle this tab could return about ${count(MOST_RECEIPTS)}: for more receipts a browser has no room.`,
        care: true,
      },
  ];
}

function raisedWords({ isWhole, messages, unleased, total = 0, threshold }: Scope): string {
  const known: readonly Message[] = isWhole ? (messages ?? []) : unleased;
  const number = isWhole ? total : unleased.length;
  const { reachThreshold } = planBrowse({
    count: number,
    dequeueCounts: known.map(({ dequeueCount }) => dequeueCount),
    threshold,
  });
  const reach =
    reachThreshold > 0 ? `; ${count(reachThreshold)} of them come to ${threshold}, the poison threshold` : '';
  return `Raises the dequeue count of ${isWhole ? scopeWords({ messages: undefined, total }) : counted(number, 'message')} by 1${reach}.`;
}
