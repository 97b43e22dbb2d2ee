import type { LeasedMessage } from '@/azure/protocol/model';
import { LeaseHandle, OtherText } from '../leasing/lease-handle';
import { each } from '../requests/each';
import { type Outcome, troubled } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { DELETING } from './delete-later';
import { deleteMessage, notHeld, refusedChange } from './delete-message';

/*
 * A person's actions on messages that they leased in this tab, one request a message. A message that a job or a waiting delete
 * has claimed is not touched, and the outcome says so.
 */

/** Requests at a time. */
const CONCURRENCY = 8;

export type Leased = { id: string };
export type LeaseOutcome = Outcome<Leased, never>;

const handleOf = (target: QueueTarget, id: string) => new LeaseHandle({ target, claim: undefined, canRenew: true }, id);

/**
 * Leases up to `count` (1–32) messages for `visibilityTimeout` seconds (1–604,800). Never repeat it automatically: that poisons
 * messages. `leftOut` takes an error for each message that is hidden without a receipt that can be read.
 * @throws the first of these errors when there is no other message.
 */
export async function receive(
  { account, queue }: QueueTarget,
  { leftOut = [], ...options }: { count: number; visibilityTimeout: number; leftOut?: Error[] },
): Promise<LeasedMessage[]> {
  const onUnreadable = (error: Error) => void leftOut.push(error);
  const messages = await account.receiveMessages(queue, { ...options, onUnreadable });
  if (messages.length === 0 && leftOut[0]) throw leftOut[0];
  return messages;
}

/** Releases leased messages. Returns one outcome a message, in their order; never rejects. */
export const release = (target: QueueTarget, ids: readonly string[]) =>
  onEach(target, ids, 'released', (handle) => handle.release());

/** Extends leases to `seconds` (1–604,800) from now. Returns one outcome a message, in their order; never rejects. */
export const extend = (target: QueueTarget, ids: readonly string[], seconds: number) =>
  onEach(target, ids, 'extended', (handle) => handle.renew(seconds));

/** Deletes leased messages. Returns one outcome a message, in their order; never rejects. */
export async function deleteLeased(target: QueueTarget, ids: readonly string[]): Promise<LeaseOutcome[]> {
  const outcomes = new Map<string, LeaseOutcome>();
  const { records } = target;
  // All claimed at once, so that no other work takes those that wait.
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
  /** Seconds from now that it is hidden for; 0 releases it; by default its lease keeps its end. */
  visibilityTimeout?: number | undefined;
  /** The text that the person saw before the change. */
  replaces?: string | undefined;
};

/**
 * Replaces the text of a leased message, with its receipt at that time.
 * @throws what the update threw; `LostAnswer` when most likely the text was saved; `Taken` when it is claimed, and `OtherText`
 * when another text than `replaces` would be replaced, both without a request.
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

/** Seconds until the end of the lease, which `saveText` sends by default. */
export const secondsToKeep = (target: QueueTarget, id: string): number => handleOf(target, id).remainingSeconds;

/** Nothing was sent, because a job or a waiting delete has claimed the message. */
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
