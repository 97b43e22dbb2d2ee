import { useQuery } from '@tanstack/react-query';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Account, Message } from '@/azure/protocol/model';
import { isLent, type Wanted } from '@/bulk/jobs/message-job';
import { planBrowse } from '@/bulk/jobs/plan-browse';
import { TIME_TO_COPY_MS } from '@/bulk/work/copy-message';
import type { QueueRecords } from '@/messages/queue-records';
import { certainMessage } from '@/messages/record';
import { queueProperties } from '@/queries/queues';
import { MOST_RECEIPTS } from '@/state/leases/receipt-session-storage';
import { recordsOf, useQueueRecords } from '@/state/messages/records';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { usePreference } from '@/state/settings/preferences';
import { count, counted } from '@/ui/format/counts';
import type { Consequence } from './consequences';
import { type PaceChoice, paceOptions } from './pace-options';

/** What a job is about, in numbers, as far as it is known before it begins. */
export type Scope = ReturnType<typeof scopeOf>;

type Known = {
  /** Messages of the queue, roughly; undefined when nobody can say. */
  approximate: number | undefined;
  /** The dequeue count at which a message is poison. */
  threshold: number;
};

/** The messages a dialog was opened for. */
export function useScope(account: Account, chosen: Pick<MessageScope, 'queue' | 'ids' | 'reach'>): Scope {
  const { records } = useQueueRecords(account.id, chosen.queue);
  const threshold = usePreference('poisonThreshold');
  const { data } = useQuery(queueProperties(account, chosen.queue));
  return scopeOf(records, chosen, { approximate: data?.approximateMessageCount, threshold });
}

/** The same, of what is known of a queue. */
export function scopeOf(
  records: QueueRecords,
  { queue, ids, reach = 0 }: Pick<MessageScope, 'queue' | 'ids' | 'reach'>,
  { approximate, threshold }: Known,
) {
  const chosen = ids && new Set(ids);
  const unleased = new Set(ids);
  let held = 0;
  let shortest = Infinity;
  /** What others of this tab have, by who that is. */
  const taken = new Map<string, number>();
  for (const record of records.leased()) {
    const { id, lease, claim } = record;
    if (chosen && !chosen.has(id)) continue;
    if (claim) taken.set(claim.name, (taken.get(claim.name) ?? 0) + 1);
    else if (lease && isLent(record, chosen ?? 'all')) {
      held++;
      shortest = Math.min(shortest, lease.endsAt);
    } else continue;
    unleased.delete(id);
  }
  return {
    queue,
    ids,
    reach,
    isWhole: ids === undefined,
    wanted: (chosen ?? 'all') as Wanted,
    /** Messages in all; undefined when nobody can say. */
    total: ids?.length ?? approximate,
    held,
    /** Epoch ms by the connection's clock at which the first lease of these ends. */
    firstEnd: shortest === Infinity ? undefined : shortest,
    taken,
    unleased: [...unleased].flatMap((id): Pick<Message, 'id' | 'dequeueCount'>[] => {
      const dequeueCount = records.get(id)?.facts?.dequeueCount;
      return [{ id, dequeueCount: dequeueCount ?? 0 }];
    }),
    threshold,
    approximate,
  };
}

/** The messages of a scope as far as they are loaded, each as it is known now. */
export const messagesOf = (account: Account, { queue, ids = [] }: Pick<MessageScope, 'queue' | 'ids'>): Message[] => {
  const records = recordsOf(account.id, queue);
  return ids.flatMap((id) => {
    const record = records.get(id);
    return (record && certainMessage(record)) ?? [];
  });
};

/** "3 messages", "about 10,432 messages", "all messages". */
export function scopeText({ ids, total }: Pick<Scope, 'ids' | 'total'>): string {
  if (ids) return counted(ids.length, 'message');
  return total === undefined ? 'all messages' : `about ${counted(total, 'message')}`;
}

/** Messages received at most to find those chosen, when nobody says otherwise. */
export const usualLimit = ({ unleased, approximate, reach }: Scope): number =>
  // Whoever is before them may have come since: a tenth more.
  Math.max(320, unleased.length * 2, Math.ceil(reach * 1.1), Math.min(approximate ?? 0, 1000));

/** Whether some of those chosen have to be looked for from the front. */
export const needsSearch = ({ isWhole, unleased }: Scope): boolean => !isWhole && unleased.length > 0;

/** All that the form of a job on messages decides: which, how fast, and how far it may look for them. */
export const jobOptions = (scope: Scope, pace: PaceChoice, limit: number) => ({
  wanted: scope.wanted,
  ...paceOptions(pace),
  ...(needsSearch(scope) && { cap: limit }),
  ...(scope.total !== undefined && { total: scope.total }),
});

export type MessageJobForm = ReturnType<typeof jobOptions>;

/** Messages that have to be leased first: what this tab has of them needs no receive. Undefined when nobody can say. */
function toReceive({ isWhole, unleased, total, held, taken }: Scope): number | undefined {
  if (!isWhole) return unleased.length;
  const others = [...taken.values()].reduce((sum, number) => sum + number, 0);
  return total === undefined ? undefined : Math.max(0, total - held - others);
}

/** How many requests it takes: receives, and `each` for every message. */
export const requestsFor = (scope: Scope, each: number): number =>
  Math.ceil((toReceive(scope) ?? 0) / MOST_MESSAGES) + (scope.total ?? 0) * each;

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
    ...[...scope.taken].map(([name, number]) => ({
      words: `${counted(number, 'message')} ${number === 1 ? 'is' : 'are'} left out: ${claimText(name, number)}`,
      care: true,
    })),
    stays && (toReceive(scope) ?? 1) > 0 && { words: raisedText(scope), care: true },
    stays &&
      (isWhole ? (total ?? 0) : unleased.length) > MOST_RECEIPTS && {
        words: `All of them are held to the end. After a reload in the middle this tab could return about ${count(MOST_RECEIPTS)}: for more receipts a browser has no room.`,
        care: true,
      },
  ];
}

const claimText = (name: string, number: number) =>
  `${name.charAt(0).toLowerCase()}${name.slice(1)} has ${number === 1 ? 'it' : 'them'}.`;

/** What becomes of leases that a person holds and that end too soon for a copy to be made under them. */
export const renewalConsequence = ({ held, firstEnd }: Scope, now: number): Consequence | false =>
  held > 0 &&
  firstEnd !== undefined &&
  firstEnd - now < 2 * TIME_TO_COPY_MS && {
    words: `A lease of yours with less than ${TIME_TO_COPY_MS / 1000} s left when its turn comes is extended for its whole length first.`,
    care: true,
  };

function raisedText(scope: Scope): string {
  const { isWhole, unleased, threshold } = scope;
  const known = isWhole ? [] : unleased;
  const number = toReceive(scope);
  const { reachThreshold } = planBrowse({
    count: number ?? 0,
    dequeueCounts: known.map(({ dequeueCount }) => dequeueCount),
    threshold,
  });
  const reach =
    reachThreshold > 0 ? `; ${count(reachThreshold)} of them come to ${threshold}, the poison threshold` : '';
  return `Raises the dequeue count of ${isWhole ? scopeText({ ids: undefined, total: number }) : counted(unleased.length, 'message')} by 1${reach}.`;
}
