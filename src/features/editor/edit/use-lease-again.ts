import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account } from '@/azure/protocol/model';
import type { LeaseSearchResult } from '@/bulk/leasing/lease-by-id';
import { leaseMessages } from '@/queries/lease-messages';
import { counted } from '@/words/counts';
import type { Obstacle } from './obstacle';

/** Seconds of a lease to edit under, at least. */
const SHORTEST_LEASE_SECONDS = 60;

type Options = {
  account: Account;
  queue: string;
  id: string;
  /** Seconds of the earlier lease. */
  total: number;
  obstacle: Obstacle | undefined;
  /** Called when the message is leased again. */
  onLeased: () => void;
};

export type LeaseAgain = ReturnType<typeof useLeaseAgain>;

/** Leases the message of a draft again. During the search, which claims the message, the obstacle from before is reported. */
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
    /** Why the draft cannot be saved. */
    obstacle: isPending ? before : obstacle,
    /** The result of the search, when it is not a lease. */
    outcome: isPending ? undefined : search.isError ? notLeased(search.error) : notFound(search.data),
    start: () => {
      setBefore(obstacle);
      search.mutate({ ids: new Set([id]), visibilityTimeout: secondsAgain(total) });
    },
  };
}

/** Seconds to lease a message for again that was leased for `total`. */
export const secondsAgain = (total: number): number => Math.max(total, SHORTEST_LEASE_SECONDS);

const notLeased = (error: unknown) => `Not leased: ${describeError(error).reason}`;

/** Why a search did not find the message, and what it left hidden; undefined when it did. */
export function notFound(result: LeaseSearchResult | undefined): string | undefined {
  if (!result || result.found.length > 0) return undefined;
  const { passed, unreturned } = result;
  const where =
    passed === 0 ? 'No message is visible now.' : `It is not among the first ${counted(passed, 'visible message')}.`;
  return unreturned === 0
    ? where
    : `${where} ${counted(unreturned, 'message')} passed on the way could not be released.`;
}
