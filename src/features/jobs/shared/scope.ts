import { useQuery } from '@tanstack/react-query';
import type { Account, Message } from '@/azure/protocol/model';
import { type Foreseen, isLent, type ScopePart, type Wanted } from '@/bulk/jobs/message-job';
import { planBrowse } from '@/bulk/jobs/plan-browse';
import type { FirstFile } from '@/bulk/jobs/write-first';
import { MOST_IN_ORDER } from '@/bulk/leasing/return-all';
import { returnedFast } from '@/bulk/planning/walk-time';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { TIME_TO_COPY_MS } from '@/bulk/work/copy-message';
import type { QueueRecords } from '@/messages/queue-records';
import { certainMessage } from '@/messages/record';
import { queueTarget } from '@/queries/queue-target';
import { queueProperties } from '@/queries/queues';
import { accountFor } from '@/queries/use-account';
import { filterText } from '@/search/filter-words';
import { requestsAtOnce } from '@/state/connections/requests-at-once';
import type { ListedJob } from '@/state/jobs/job-store';
import { MOST_RECEIPTS } from '@/state/leases/receipt-session-storage';
import { recordsOf, useQueueRecords } from '@/state/messages/records';
import type { MessageScope, ScopeFilter } from '@/state/navigation/open-dialog';
import { usePreference } from '@/state/settings/preferences';
import { serviceNowOf } from '@/state/time/connection-clocks';
import { count, counted, plural } from '@/words/counts';
import type { Consequence } from './consequences';
import { filterJudge } from './filter-judge';
import { type PaceChoice, paceOptions } from './pace-options';

/** The messages that a job works on, in numbers, as far as they are known before it begins. */
export type Scope = ReturnType<typeof scopeOf>;

type KnownFacts = {
  /** Messages of the queue, roughly; undefined when it cannot be counted. */
  approximate: number | undefined;
  /** The dequeue count at which a message is poison. */
  threshold: number;
};

/** The messages that a dialog means, as far as it is chosen: some by id, those that match a filter, or all of the queue. */
type Meant = Pick<MessageScope, 'queue' | 'ids' | 'reach' | 'filter' | 'isMatchingMeant'>;

/** The scope of a dialog, from what this tab knows now. */
export function useScope(account: Account, chosen: Meant): Scope {
  const { records } = useQueueRecords(account.id, chosen.queue);
  const threshold = usePreference('poisonThreshold');
  const { data } = useQuery(queueProperties(account, chosen.queue));
  return scopeOf(records, chosen, { approximate: data?.approximateMessageCount, threshold });
}

/** The scope of chosen messages, or of the whole queue without `ids`, or of what a filter takes of it. */
export function scopeOf(
  records: QueueRecords,
  { queue, ids, reach = 0, filter: on, isMatchingMeant }: Meant,
  { approximate, threshold }: KnownFacts,
) {
  const filter = isMatchingMeant ? on : undefined;
  const chosen = ids && new Set(ids);
  const unleased = new Set(ids);
  let leasedHere = 0;
  let shortest = Infinity;
  /** Messages that no receive brings, as this tab has them. */
  let hiddenHere = 0;
  /** Messages that a claim of this tab works on, by its name. */
  const claimed = new Map<string, number>();
  for (const record of records.leased()) {
    const { id, lease, claim } = record;
    if (lease && lease.state !== 'ended') hiddenHere++;
    if (chosen && !chosen.has(id)) continue;
    if (claim) claimed.set(claim.name, (claimed.get(claim.name) ?? 0) + 1);
    else if (lease && isLent(record, chosen ?? 'all')) {
      leasedHere++;
      shortest = Math.min(shortest, lease.endsAt);
    } else continue;
    unleased.delete(id);
  }
  return {
    queue,
    ids,
    reach,
    isWhole: ids === undefined,
    /** Requests under way at a time at most. */
    connections: requestsAtOnce(records.ref.connectionId),
    /** The filter that chooses among the messages of the whole queue. */
    filter,
    wanted: wantedOf(records, chosen, filter),
    /** Messages in all, with a filter those that it chooses from; undefined when the queue cannot be counted. */
    total: ids?.length ?? approximate,
    leasedHere,
    /** Epoch ms by the connection's clock at which the first of these leases ends. */
    firstEnd: shortest === Infinity ? undefined : shortest,
    claimed,
    hiddenHere,
    unleased: [...unleased].flatMap((id): Pick<Message, 'id' | 'dequeueCount'>[] => {
      const dequeueCount = records.get(id)?.facts?.dequeueCount;
      return [{ id, dequeueCount: dequeueCount ?? 0 }];
    }),
    threshold,
    approximate,
  };
}

function wantedOf(
  { ref: { connectionId } }: QueueRecords,
  chosen: ReadonlySet<string> | undefined,
  filter: ScopeFilter | undefined,
): Wanted {
  return chosen ?? (filter ? filterJudge(filter, { now: () => serviceNowOf(connectionId) }) : 'all');
}

/** The loaded messages of a scope whose text is certain. */
export const messagesOf = (account: Account, { queue, ids = [] }: Pick<MessageScope, 'queue' | 'ids'>): Message[] => {
  const records = recordsOf(account.id, queue);
  return ids.flatMap((id) => {
    const record = records.get(id);
    return (record && certainMessage(record)) ?? [];
  });
};

/** The number and the kind of messages that a scope has, as the parts of its texts. */
export type Told = Pick<Scope, 'ids' | 'total'> & { filter?: Scope['filter'] };

/** "3 messages", "about 10,432 messages", "all messages", "messages where currency is EURO". */
export function scopeText({ ids, total, filter }: Told): string {
  if (filter) return `messages where ${filterText(filter)}`;
  if (ids) return counted(ids.length, 'message');
  return total === undefined ? 'all messages' : `about ${counted(total, 'message')}`;
}

/** What a button does it to: "3 messages", "all messages", "all that match". */
export const objectText = (scope: Told): string =>
  scope.ids ? scopeText(scope) : scope.filter ? 'all that match' : 'all messages';

/** Messages that a search receives at most, unless the person says otherwise. */
export const usualLimit = ({ unleased, approximate, reach }: Scope): number =>
  // A tenth more than `reach`, for messages that came to the front since.
  Math.max(320, unleased.length * 2, Math.ceil(reach * 1.1), Math.min(approximate ?? 0, 1000));

/** True when some of the chosen messages have to be searched for from the front. */
export const needsSearch = ({ isWhole, unleased }: Scope): boolean => !isWhole && unleased.length > 0;

/** The options of a job on messages, from its form. */
export const jobOptions = (scope: Scope, pace: PaceChoice, limit: number, order?: ReturnOrder) => ({
  wanted: scope.wanted,
  filter: scope.filter && filterText(scope.filter),
  ...paceOptions(pace),
  ...(order && { returnedAtATime: order === 'kept' ? 1 : returnedFast(scope.connections) }),
  ...(needsSearch(scope) && { cap: limit }),
  ...(scope.total !== undefined && { total: scope.total }),
  foreseen: foreseenOf(scope),
});

/** A job on messages as its form begins it: a scope, or a part of one. */
export type MessageJobForm = ReturnType<typeof jobOptions> &
  ScopePart &
  Pick<ListedJob, 'next'> & {
    total?: number;
    /** All messages are written to it before the first of them is worked on. */
    file?: FirstFile | undefined;
  };

/** Messages that the job has to receive: leases of this tab need none. Undefined when the queue cannot be counted. */
function toReceive({ isWhole, unleased, total, leasedHere, claimed }: Scope): number | undefined {
  if (!isWhole) return unleased.length;
  const others = [...claimed.values()].reduce((sum, number) => sum + number, 0);
  return total === undefined ? undefined : Math.max(0, total - leasedHere - others);
}

/** What a plan says of the messages of a scope; undefined for a whole queue that cannot be counted. */
export function foreseenOf(scope: Scope): Foreseen | undefined {
  const toFind = toReceive(scope);
  if (toFind === undefined) return undefined;
  const { leasedHere, hiddenHere, reach, approximate, filter } = scope;
  return {
    inHand: filter ? filter.inHand : leasedHere,
    toFind,
    ...(filter && { matching: matchingOf(filter, toFind) }),
    reach: needsSearch(scope) && reach >= toFind ? reach : undefined,
    visible: approximate === undefined ? undefined : Math.max(0, approximate - hiddenHere),
  };
}

/** From none to all: what is loaded tells nothing certain of the rest. */
const matchingOf = ({ loaded, matching }: ScopeFilter, toFind: number) => ({
  least: 0,
  most: toFind,
  likely: loaded === 0 ? undefined : Math.round((toFind * matching.length) / loaded),
});

/**
 * What leasing does to the messages of the job, and to those in front of them. `stays`: the messages stay in the queue;
 * `limit`: messages received at most; `order`: as a person chose it.
 */
export function leasingConsequences(
  scope: Scope,
  limit: number,
  stays: boolean,
  order?: ReturnOrder,
): (Consequence | false)[] {
  const { isWhole, leasedHere, unleased, total, filter } = scope;
  const chosen = isWhole ? undefined : unleased.length;
  return [
    filter !== undefined && {
      warning: `Receives every visible message of the queue${leasedHere > 0 ? ', besides those that you hold,' : ''} and asks the filter about each. Those that do not match are hidden until their turn to go back, and their dequeue counts rise by 1.`,
    },
    filter !== undefined &&
      'A message that the filter cannot be tested on is left alone and named in the report. One that is received is tested by the dequeue count that it had before.',
    isWhole &&
      !filter &&
      `Takes all messages that are visible when it begins, ${leasedHere > 0 ? `and the ${count(leasedHere)} that you hold` : 'from the front'}. Messages that others lease, delayed ones and those added meanwhile stay.`,
    chosen !== undefined &&
      chosen > 0 && {
        warning: `${counted(chosen, 'message')} ${plural(chosen, 'is', 'are')} not leased yet: receives from the front until ${plural(chosen, 'it is', 'they are')} found, at most ${counted(limit, 'message')}. The others are hidden while this runs, then returned with a dequeue count raised by 1.`,
      },
    ...[...scope.claimed].map(([name, number]) => ({
      warning: `${counted(number, 'message')} ${plural(number, 'is', 'are')} left out: ${claimText(name, number)}`,
    })),
    stays && (toReceive(scope) ?? 1) > 0 && { warning: raisedText(scope) },
    returnedText(scope, { limit, stays, order }),
    stays &&
      (isWhole ? (total ?? 0) : unleased.length) > MOST_RECEIPTS && {
        warning: `All of them stay leased to the end. After a reload meanwhile this tab could return about ${count(MOST_RECEIPTS)} of them: the browser has no room for more receipts.`,
      },
  ];
}

const IN_ORDER = 'one by one in their order, behind those that it did not receive';
const atOnce = ({ connections }: Scope) =>
  `${returnedFast(connections)} at a time, so that neighbours may change places`;
/** The count of a queue is approximate: so much of it may be there. */
const COUNT_TOLERANCE = 1.1;

/**
 * In which order leased messages are returned; false when the job returns at most what it could not use up. Without `order`
 * it is as `returnedAtATime` finds right.
 */
function returnedText(
  scope: Scope,
  { limit, stays, order }: { limit: number; stays: boolean; order: ReturnOrder | undefined },
): string | false {
  const isSearch = needsSearch(scope);
  if (!isSearch && !((stays || scope.filter) && scope.isWhole && (toReceive(scope) ?? 1) > 0)) return false;
  const most = isSearch ? limit : (scope.total ?? Infinity) * COUNT_TOLERANCE;
  if (order === 'fast') return `The messages go back ${atOnce(scope)}.`;
  if (order === 'kept' || most <= MOST_IN_ORDER) return `The messages go back ${IN_ORDER}. Azure promises no order.`;
  return `Up to ${counted(MOST_IN_ORDER, 'message')} go back ${IN_ORDER}; more go back ${atOnce(scope)}. Azure promises no order.`;
}

/** How messages are returned: one by one, or many at a time. */
export type ReturnOrder = 'kept' | 'fast';

/** How a whole queue is returned unless a person chooses: in order when it is not too long for that. `limit` 0: no limit. */
export const usualOrder = ({ total = Infinity }: Pick<Scope, 'total'>, limit: number): ReturnOrder =>
  Math.min(total, limit || Infinity) <= MOST_IN_ORDER ? 'kept' : 'fast';

const claimText = (name: string, number: number) =>
  `${name.charAt(0).toLowerCase()}${name.slice(1)} has ${plural(number, 'it', 'them')}.`;

/** A warning when leases of this tab end too soon for a copy to be made under them. */
export const renewalConsequence = ({ leasedHere, firstEnd }: Scope, now: number): Consequence | false =>
  leasedHere > 0 &&
  firstEnd !== undefined &&
  firstEnd - now < 2 * TIME_TO_COPY_MS && {
    warning: `A lease of yours with less than ${TIME_TO_COPY_MS / 1000} s left when its turn comes is first extended by its whole length.`,
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

/**
 * A queue of a connection as jobs take it.
 * @throws when the connection was forgotten meanwhile.
 */
export function targetOf(connectionId: string, queue: string): QueueTarget {
  const account = accountFor(connectionId);
  if (!account) throw new Error('The connection was forgotten.');
  return queueTarget(account, queue);
}
