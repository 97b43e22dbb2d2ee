import type { LoggedExchange } from '@/state/activity/request-log';
import { isWrite, shownOutcome, toneOf } from './exchange-text';

/** Fewer of a kind stand for themselves. */
const FEWEST = 3;

/** A row of the wire log: one request, or a fold of requests that repeat. */
export type LogRow = {
  /** Of the exchange; of a fold one that stays the same while requests come and go. Has no space in it. */
  id: string;
  /** Of a fold its newest. */
  exchange: LoggedExchange;
  fold?: { count: number; isOpen: boolean /** True when all of them have one address. */; isOneAddress: boolean };
  /** Id of the fold that it is in. */
  within?: string;
};

type Fold = { id: string; members: LoggedExchange[] };

/**
 * Folds reads that repeat: between two writes those of one operation, connection and outcome are one row, at the place of the newest
 * of them. What a person asked for is not folded with refreshes. Linear in the number of exchanges.
 * @param exchanges newest first
 * @param stretches the number of each exchange's stretch, as `stretchesOf` gives it for the whole log
 * @param open ids of open folds
 * @param shown id of an exchange that has its row in a closed fold, too
 */
export function folded(
  exchanges: readonly LoggedExchange[],
  stretches: ReadonlyMap<string, string>,
  open: ReadonlySet<string>,
  shown: string | undefined,
): LogRow[] {
  const folds = new Map<string, Fold>();
  const homes = exchanges.map((exchange) => {
    if (isWrite(exchange)) return undefined;
    const id = foldOf(exchange, stretches.get(exchange.id) ?? '');
    const fold = folds.get(id) ?? { id, members: [] };
    fold.members.push(exchange);
    folds.set(id, fold);
    return fold;
  });
  return exchanges.flatMap((exchange, index): LogRow[] => {
    const fold = homes[index];
    if (!fold || fold.members.length < FEWEST) return [{ id: exchange.id, exchange }];
    if (fold.members[0] !== exchange) return [];
    const { id, members } = fold;
    const isOpen = open.has(id);
    const inSight = isOpen ? members : members.filter((member) => member.id === shown);
    return [
      {
        id,
        exchange,
        fold: { count: members.length, isOpen, isOneAddress: members.every(({ url }) => url === exchange.url) },
      },
      ...inSight.map((member) => ({ id: member.id, exchange: member, within: id })),
    ];
  });
}

/** A running request is taken for one that succeeds, so that it joins its fold at once. */
function foldOf(exchange: LoggedExchange, stretch: string): string {
  const tone = toneOf(exchange);
  const outcome = tone === 'neutral' && !exchange.failure ? 'accent' : tone;
  const parts = [
    stretch,
    exchange.connectionId,
    exchange.isRefresh ? 'refresh' : 'asked',
    outcome,
    shownOutcome(exchange),
  ];
  return `fold-${encodeURIComponent(JSON.stringify(parts))}`;
}

/**
 * The stretch that each exchange is in, by the id of the write before it. An exchange keeps its stretch when that write has left the
 * log, so that a fold stays the same.
 * @param exchanges the whole log, newest first
 * @param before what this function gave last
 */
export function stretchesOf(
  exchanges: readonly LoggedExchange[],
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const stretches = new Map<string, string>();
  let current = 'first';
  for (const exchange of exchanges.toReversed()) {
    current = before.get(exchange.id) ?? (isWrite(exchange) ? exchange.id : current);
    stretches.set(exchange.id, current);
  }
  return stretches;
}
