import type { LeasedMessage } from '@/azure/protocol/model';
import { LeaseHandle, OtherText } from '../leasing/lease-handle';
import { each } from '../requests/each';
import { type Outcome, troubled } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { DELETING } from './delete-later';
import { deleteMessage, notHeld, refusedChange } from './delete-message';

/*
 * What a person does with messages that they leased in this tab, one request a message. A message that a job has, or whose
 * delete waits for Undo, is left alone, and the outcome says who has it.
 */

/** Requests at a time. */
const CONCURRENCY = 8;

export type Leased = { id: string };
export type LeaseOutcome = Outcome<Leased, never>;

const handleOf = (target: QueueTarget, id: string) => new LeaseHandle({ target, claim: undefined, canRenew: true }, id);

/** Leases up to `count` (1–32) messages for `visibilityTimeout` seconds (1–604,800). Never repeat it by itself: it poisons messages. */
export const receive = (
  { account, queue }: QueueTarget,
  options: { count: number; visibilityTimeout: number },
): Promise<LeasedMessage[]> => account.receiveMessages(queue, options);

/** Makes leased messages visible to everybody again. One outcome a message, in their order; never rejects. */
export const release = (target: QueueTarget, ids: readonly string[]) =>
  onEach(target, ids, 'released', (handle) => handle.release());

/** Leases messages for `seconds` (1–604,800) from now. One outcome a message, in their order; never rejects. */
export const extend = (target: QueueTarget, ids: readonly string[], seconds: number) =>
  onEach(target, ids, 'extended', (handle) => handle.renew(seconds));

/** Deletes leased messages for good. One outcome a message, in their order; never rejects. */
export async function deleteLeased(target: QueueTarget, ids: readonly string[]): Promise<LeaseOutcome[]> {
  const outcomes = new Map<string, LeaseOutcome>();
  const { records } = target;
  // All at once, so that nobody takes what waits for its turn.
  records.claim(ids, DELETING);
  const context = { target, claim: DELETING, canRenew: true };
  await each(ids, CONCURRENCY, async (id) => {
    outcomes.set(id, await deleteMessage(new LeaseHandle(context, id)));
    records.unclaim([id], DELETING);
  });
  return ordered(ids, outcomes);
}

type Save = {
  id: string;
  text: string;
  /** Seconds from now that it is hidden for; 0 releases it, left out it keeps its lease to the end. */
  visibilityTimeout?: number | undefined;
  /** The text that the person saw it replace. */
  replaces?: string | undefined;
};

/**
 * Replaces the text of a leased message, with the receipt that works when its turn comes.
 * @throws what the update threw, `LostAnswer` when most likely the text was saved; `Taken` when somebody else of us has it, and
 * `OtherText` when another text than the one that was seen would be replaced: nothing was sent.
 */
export async function saveText(target: QueueTarget, { id, text, visibilityTimeout, replaces }: Save): Promise<void> {
  const handle = handleOf(target, id);
  await handle.changeText(text, {
    visibilityTimeout,
    check: () => {
      if (handle.isTaken) throw new Taken(handle.notHeldReason);
      const now = handle.record?.message?.text;
      if (replaces !== undefined && now !== replaces && now !== text) throw new OtherText();
    },
  });
}

/** Seconds that `saveText` asks for when the lease is to be kept. */
export const secondsToKeep = (target: QueueTarget, id: string): number => handleOf(target, id).remainingSeconds;

/** A job has the message, or its delete waits for Undo: nothing was sent. */
export class Taken extends Error {
  override readonly name = 'Taken';
}

async function onEach(
  target: QueueTarget,
  ids: readonly string[],
  done: string,
  work: (handle: LeaseHandle) => Promise<boolean>,
): Promise<LeaseOutcome[]> {
  const outcomes = new Map<string, LeaseOutcome>();
  await each(ids, CONCURRENCY, async (id) => outcomes.set(id, await onOne(handleOf(target, id), done, work)));
  return ordered(ids, outcomes);
}

async function onOne(
  handle: LeaseHandle,
  done: string,
  work: (handle: LeaseHandle) => Promise<boolean>,
): Promise<LeaseOutcome> {
  if (handle.state !== 'held') return notHeld(handle);
  try {
    if (await work(handle)) return { item: handle, kind: 'done' };
    return handle.notHeldReason === undefined
      ? troubled(handle, 'skipped', 'The message is about to expire.')
      : notHeld(handle);
  } catch (error) {
    return refusedChange(handle, error, done);
  }
}

const ordered = (ids: readonly string[], outcomes: ReadonlyMap<string, LeaseOutcome>): LeaseOutcome[] =>
  ids.flatMap((id) => outcomes.get(id) ?? []);
