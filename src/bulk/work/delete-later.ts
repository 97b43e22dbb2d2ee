import type { Claim } from '@/messages/record';
import { nowAt, type QueueTarget } from '../requests/queue-target';

/** Milliseconds a delete waits for Undo. */
export const UNDO_WINDOW_MS = 5000;
/** Milliseconds a lease must still run for its delete to wait: the window and time enough to send. */
export const UNDO_NEEDS_MS = 8000;

/** Of messages whose deletion is under way, whoever asked for it. */
export const DELETING: Claim = { kind: 'delete', name: 'A delete' };

/** A delete that waits for Undo. */
export type WaitingDelete = {
  /** Counts up. */
  number: number;
  target: QueueTarget;
  ids: readonly string[];
  claim: Claim;
  /** Epoch ms by this device's clock at which it is sent. */
  sentAt: number;
};

type Options = {
  /** Sends the requests by `deleteLeased`, once the wait is over. Never rejects. */
  send: (target: QueueTarget, ids: readonly string[]) => Promise<unknown>;
  /** Told after each change. */
  onChange: () => void;
  /** This device's clock, which Undo's seconds are of; replaced in tests. */
  now?: () => number;
  /** Calls back after so many ms; gives what stops it. Replaced in tests. */
  after?: (milliseconds: number, call: () => void) => () => void;
};

/**
 * Deletes that wait for Undo. Each waits its own five seconds, whatever else is announced. It claims its messages: until it is
 * sent or undone nothing else of this tab touches them.
 */
export function createDeletesToCome({ send, onChange, now = Date.now, after = realTimer }: Options) {
  const waiting = new Map<number, WaitingDelete & { stop: () => void }>();
  /** What was sent and not answered yet, so that whoever must come after it can wait. */
  const underWay = new Map<Promise<unknown>, QueueTarget>();
  let last = 0;

  async function sendNow(number: number): Promise<void> {
    const one = waiting.get(number);
    if (!one) return;
    waiting.delete(number);
    one.stop();
    const { target, ids, claim } = one;
    // From one claim to the other at once, so that nobody takes them in between.
    target.records.apply(
      ids.flatMap((id) => [
        [id, { kind: 'unclaimed', claim }] as const,
        [id, { kind: 'claimed', claim: DELETING }] as const,
      ]),
    );
    const sent = send(target, ids);
    underWay.set(sent, target);
    onChange();
    await sent;
    underWay.delete(sent);
    target.records.unclaim(ids, DELETING);
    onChange();
  }

  async function flush(isMeant: (target: QueueTarget) => boolean): Promise<void> {
    const due = [...waiting.values()].filter(({ target }) => isMeant(target));
    await Promise.all([
      ...due.map(({ number }) => sendNow(number)),
      ...[...underWay].flatMap(([sent, target]) => (isMeant(target) ? sent : [])),
    ]);
  }

  return {
    /** Oldest first. */
    waiting: (): readonly WaitingDelete[] => [...waiting.values()],
    /** Begins to wait; undefined when a lease ends too soon for that, or somebody else of us has one of the messages. */
    hold(target: QueueTarget, ids: readonly string[]): WaitingDelete | undefined {
      if (!canWait(target, ids)) return undefined;
      const number = ++last;
      const claim: Claim = { kind: 'delete', name: 'A delete that waits for Undo' };
      target.records.claim(ids, claim);
      const stop = after(UNDO_WINDOW_MS, () => void sendNow(number));
      const one = { number, target, ids, claim, sentAt: now() + UNDO_WINDOW_MS, stop };
      waiting.set(number, one);
      onChange();
      return one;
    },
    /** Puts the messages back; false when it is too late. */
    undo(number: number | undefined = lastOf(waiting)): boolean {
      const one = number === undefined ? undefined : waiting.get(number);
      if (!one) return false;
      waiting.delete(one.number);
      one.stop();
      one.target.records.unclaim(one.ids, one.claim);
      onChange();
      return true;
    },
    send: sendNow,
    /** Sends what waits, of one queue or of all, and settles when it is answered. */
    flush: (records?: QueueTarget['records']) => flush((target) => records === undefined || target.records === records),
    /** The same of one connection. */
    flushConnection: (id: string) => flush(({ records }) => records.ref.connectionId === id),
  };
}

/** True when every message is ours and its lease runs long enough for its delete to wait for Undo. */
function canWait(target: QueueTarget, ids: readonly string[]): boolean {
  return ids.every((id) => {
    const { lease, claim } = target.records.get(id) ?? {};
    return (
      lease?.state === 'held' && lease.holder !== 'elsewhere' && !claim && lease.endsAt - nowAt(target) > UNDO_NEEDS_MS
    );
  });
}

const lastOf = (waiting: ReadonlyMap<number, unknown>): number | undefined => [...waiting.keys()].at(-1);

function realTimer(milliseconds: number, call: () => void): () => void {
  const timer = setTimeout(call, milliseconds);
  return () => clearTimeout(timer);
}
