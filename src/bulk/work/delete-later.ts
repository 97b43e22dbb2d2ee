import type { Claim } from '@/messages/record';
import { nowAt, type QueueTarget } from '../requests/queue-target';

export const UNDO_WINDOW_MS = 5000;
/** A lease must still last so long for its delete to wait: the undo window and time to send. */
export const UNDO_NEEDS_MS = 8000;

/** Claims messages whose delete has been sent. */
export const DELETING: Claim = { kind: 'delete', name: 'A delete' };

/** A delete that waits for Undo. */
export type WaitingDelete = {
  /** Counts up. */
  number: number;
  target: QueueTarget;
  ids: readonly string[];
  claim: Claim;
  /** Epoch ms by this device's clock of its beginning. */
  since: number;
  /** Epoch ms by this device's clock at which it is sent; undefined while it stands still. */
  sentAt: number | undefined;
  /** Milliseconds of the undo window that were left when it began or last stood still. */
  leftMs: number;
};

type Held = WaitingDelete & { stop: () => void; unfollow: () => void };

type Options = {
  /** Sends the requests with `deleteLeased`. Never rejects. */
  send: (target: QueueTarget, ids: readonly string[]) => Promise<unknown>;
  /** Called after each change. */
  onChange: () => void;
  /** Epoch ms; tests replace it. */
  now?: () => number;
  /** Starts a timer and returns a function that stops it; tests replace it. */
  after?: (milliseconds: number, call: () => void) => () => void;
};

/**
 * Deletes in their undo window of five seconds. Each claims its messages, so that no other work of this tab touches them until
 * it is sent or undone.
 */
export function createWaitingDeletes({ send, onChange, now = () => Date.now(), after = realTimer }: Options) {
  const waiting = new Map<number, Held>();
  /** Sent deletes without a response, which `flush` waits for. */
  const running = new Map<Promise<unknown>, QueueTarget>();
  let last = 0;
  let isHidden = false;

  const isStill = ({ target }: WaitingDelete) => isHidden || target.network?.loss() !== undefined;

  /** Lets the time of each stand still or go on, as the page and the network are now. */
  function look(): void {
    for (const one of waiting.values()) {
      if (isStill(one)) standStill(one);
      else if (one.sentAt === undefined) goOn(one);
    }
    if (waiting.size > 0) onChange();
  }

  /** Lets its time run, and sends it at the end, which is early enough for the lease where that is possible. */
  function goOn(one: Held): void {
    one.stop();
    const leftMs = Math.max(0, Math.min(one.leftMs, leaseLeft(one) - (UNDO_NEEDS_MS - UNDO_WINDOW_MS)));
    const stop = after(leftMs, () => void sendNow(one.number));
    waiting.set(one.number, { ...one, sentAt: now() + leftMs, leftMs, stop });
  }

  /** Stops its time until a lease has no more than the undo window needs; what has no more already goes on. */
  function standStill(one: Held): void {
    const spareMs = leaseLeft(one) - UNDO_NEEDS_MS;
    if (spareMs <= 0) {
      if (one.sentAt === undefined) goOn(one);
      return;
    }
    one.stop();
    const leftMs = one.sentAt === undefined ? one.leftMs : Math.max(0, one.sentAt - now());
    const stop = after(spareMs, () => {
      const current = waiting.get(one.number);
      if (!current) return;
      standStill(current);
      onChange();
    });
    waiting.set(one.number, { ...one, sentAt: undefined, leftMs, stop });
  }

  async function sendNow(number: number): Promise<void> {
    const one = waiting.get(number);
    if (!one) return;
    waiting.delete(number);
    one.stop();
    one.unfollow();
    const { target, ids, claim } = one;
    // Both claims change in one step, so that no other work takes the messages in between.
    target.records.apply(
      ids.flatMap((id) => [
        [id, { kind: 'unclaimed', claim }] as const,
        [id, { kind: 'claimed', claim: DELETING }] as const,
      ]),
    );
    const sent = send(target, ids);
    running.set(sent, target);
    onChange();
    await sent;
    running.delete(sent);
    target.records.unclaim(ids, DELETING);
    onChange();
  }

  async function flush(isMeant: (target: QueueTarget) => boolean): Promise<void> {
    const due = [...waiting.values()].filter(({ target }) => isMeant(target));
    await Promise.all([
      ...due.map(({ number }) => sendNow(number)),
      ...[...running].flatMap(([sent, target]) => (isMeant(target) ? sent : [])),
    ]);
  }

  return {
    /** Oldest first. */
    waiting: (): readonly WaitingDelete[] => [...waiting.values()],
    /** Starts the undo window; undefined when a lease ends too soon or a message is claimed. */
    hold(target: QueueTarget, ids: readonly string[]): WaitingDelete | undefined {
      if (!canWait(target, ids)) return undefined;
      const number = ++last;
      const claim: Claim = { kind: 'delete', name: 'A delete that waits for Undo' };
      target.records.claim(ids, claim);
      const one = {
        number,
        target,
        ids,
        claim,
        since: now(),
        sentAt: undefined,
        leftMs: UNDO_WINDOW_MS,
        stop: () => {},
        unfollow: target.network?.subscribe(look) ?? (() => {}),
      };
      (isStill(one) ? standStill : goOn)(one);
      onChange();
      return waiting.get(number);
    },
    /**
     * Told when the page is hidden and shown. While it is hidden, or the network is gone, the time of each delete stands still as long
     * as its leases last over `UNDO_NEEDS_MS`; then, and when the page is shown and the network is back, it goes on.
     */
    setHidden(hidden: boolean): void {
      if (hidden === isHidden) return;
      isHidden = hidden;
      look();
    },
    /** Cancels a waiting delete, the last one by default; false when it was sent. */
    undo(number: number | undefined = lastOf(waiting)): boolean {
      const one = number === undefined ? undefined : waiting.get(number);
      if (!one) return false;
      waiting.delete(one.number);
      one.stop();
      one.unfollow();
      one.target.records.unclaim(one.ids, one.claim);
      onChange();
      return true;
    },
    send: sendNow,
    /** Sends the waiting deletes of one queue or of all, and resolves when all sent ones are answered. */
    flush: (records?: QueueTarget['records']) => flush((target) => records === undefined || target.records === records),
    /** The same for one connection. */
    flushConnection: (id: string) => flush(({ records }) => records.ref.connectionId === id),
  };
}

/** True when every message is leased by this tab, unclaimed, and its lease outlasts the undo window. */
function canWait(target: QueueTarget, ids: readonly string[]): boolean {
  return ids.every((id) => {
    const { lease, claim } = target.records.get(id) ?? {};
    return (
      lease?.state === 'held' && lease.holder !== 'elsewhere' && !claim && lease.endsAt - nowAt(target) > UNDO_NEEDS_MS
    );
  });
}

/** Milliseconds until the first lease of a waiting delete ends; 0 where one is not held any more. */
function leaseLeft({ target, ids }: WaitingDelete): number {
  const ends = ids.map((id) => {
    const lease = target.records.get(id)?.lease;
    return lease?.state === 'held' ? lease.endsAt : 0;
  });
  return Math.max(0, Math.min(...ends) - nowAt(target));
}

const lastOf = (waiting: ReadonlyMap<number, unknown>): number | undefined => [...waiting.keys()].at(-1);

function realTimer(milliseconds: number, call: () => void): () => void {
  const timer = setTimeout(call, milliseconds);
  return () => clearTimeout(timer);
}
