import type { Receipt } from '@/azure/account';
import { each } from './each';
import { CANCELLED, GIVEN_UP, ROUNDS } from './giving-up';
import { type Outcome, troubled } from './outcome';
import type { Place } from './place';
import { returnMessage } from './return-message';

/** More than a browser has connections to one host, so that none is idle between a preflight and its request. */
export const RETURNED_AT_A_TIME = 24;

export type ReturnOptions<Item> = {
  /** Requests at a time, 1 to 64; 24 when left out. */
  concurrency?: number;
  /** Cuts it short: what is not returned by then has failed. */
  signal?: AbortSignal;
  onOutcome?: (outcome: Outcome<Item>) => void;
};

/**
 * Makes messages visible again by receipts that were kept, in their order. Gives up on the others when the account answers
 * none of a few. Outcomes are in the order they landed.
 */
export async function returnReceipts<Item extends Receipt>(
  place: Place,
  receipts: readonly Item[],
  { concurrency = RETURNED_AT_A_TIME, signal, onOutcome }: ReturnOptions<Item> = {},
): Promise<Outcome<Item>[]> {
  const outcomes: Outcome<Item>[] = [];
  const giveBack = returnMessage<Item>(place, signal);
  let failures = 0;

  async function outcomeOf(item: Item): Promise<Outcome<Item>> {
    if (signal?.aborted) return troubled(item, 'failed', CANCELLED);
    if (failures >= concurrency * ROUNDS) return troubled(item, 'failed', GIVEN_UP);
    const outcome = await giveBack(item);
    failures = outcome.kind === 'done' || outcome.kind === 'skipped' ? 0 : failures + 1;
    return outcome;
  }

  await each(receipts, concurrency, async (item) => {
    const outcome = await outcomeOf(item);
    outcomes.push(outcome);
    onOutcome?.(outcome);
  });
  return outcomes;
}
