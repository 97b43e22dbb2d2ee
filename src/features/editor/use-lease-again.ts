import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account } from '@/azure/protocol/model';
import type { LeaseSearchResult } from '@/bulk/leasing/lease-by-id';
import { leaseMessages } from '@/queries/lease-messages';
import { counted } from '@/ui/format/counts';
import type { Obstacle } from './obstacle';

/** Seconds: a lease to edit under should not end before the first key. */
const SHORTEST_LEASE_SECONDS = 60;

type Options = {
  account: Account;
  queue: string;
  id: string;
  /** Seconds of the lease that there was. */
  total: number;
  obstacle: Obstacle | undefined;
  /** It is ours again. */
  onLeased: () => void;
};

export type LeaseAgain = ReturnType<typeof useLeaseAgain>;

/**
 * Leases the message under a draft again. While the search runs it is the search that has the message: what stood in the way
 * before is what is told.
 */
export function useLeaseAgain({ account, queue, id, total, obstacle, onLeased }: Options) {
  const [before, setBefore] = useState<Obstacle>();
  const search = useMutation({
    ...leaseMessages(account, queue),
    onSuccess: ({ found }) => {
      if (found.length > 0) onLeased();
    },
  });
  const { isPending } = search;
  return {
    isPending,
    /** What stands between the draft and its message. */
    obstacle: isPending ? before : obstacle,
    /** What came of it, when that is not a lease. */
    outcome: isPending ? undefined : search.isError ? notLeased(search.error) : notFound(search.data),
    start: () => {
      setBefore(obstacle);
      search.mutate({ ids: new Set([id]), visibilityTimeout: secondsAgain(total) });
    },
  };
}

/** Seconds for which a message is leased again that was leased for so many. */
export const secondsAgain = (total: number): number => Math.max(total, SHORTEST_LEASE_SECONDS);

const notLeased = (error: unknown) => `Not leased: ${describeError(error).reason}`;

/** Why a search did not find the message, and what it left hidden; undefined when it did. */
export function notFound(result: LeaseSearchResult | undefined): string | undefined {
  if (!result || result.found.length > 0) return undefined;
  const { passed, unreturned } = result;
  const where = passed === 0 ? 'No message is visible now.' : `It is not among the first ${passed} visible messages.`;
  return unreturned === 0
    ? where
    : `${where} ${counted(unreturned, 'message')} passed on the way could not be released.`;
}
