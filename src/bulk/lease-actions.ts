import type { LeasedMessage } from '@/azure/account';
import { deleteMessage, notHeld, refusedChange } from './delete-message';
import { each } from './each';
import { LeaseHandle } from './lease-handle';
import type { Outcome } from './outcome';
import type { Place } from './place';

/*
 * What a person does with messages that they leased in this tab, one request a message. A message that a job has, or whose
 * delete waits for Undo, is left alone, and the outcome says who has it.
 */

/** Requests at a time. */
const CONCURRENCY = 8;

export type Leased = { id: string };
export type LeaseOutcome = Outcome<Leased, never>;

const handleOf = (place: Place, id: string) => new LeaseHandle({ place, claim: undefined, canRenew: true }, id);

/** Leases up to `count` (1–32) messages for `visibilityTimeout` seconds (1–604,800). Never repeat it by itself: it poisons messages. */
export const receive = (
  { account, queue }: Place,
  options: { count: number; visibilityTimeout: number },
): Promise<LeasedMessage[]> => account.receiveMessages(queue, options);

/** Makes leased messages visible to everybody again. One outcome a message, in their order; never rejects. */
export const release = (place: Place, ids: readonly string[]) =>
  onEach(place, ids, 'released', (handle) => handle.giveBack());

/** Leases messages for `seconds` (1–604,800) from now. One outcome a message, in their order; never rejects. */
export const extend = (place: Place, ids: readonly string[], seconds: number) =>
  onEach(place, ids, 'extended', (handle) => handle.renew(seconds));

/** Deletes leased messages for good. One outcome a message, in their order; never rejects. */
export async function deleteLeased(place: Place, ids: readonly string[]): Promise<LeaseOutcome[]> {
  const outcomes = new Map<string, LeaseOutcome>();
  await each(ids, CONCURRENCY, async (id) => outcomes.set(id, await deleteMessage(handleOf(place, id))));
  return ordered(ids, outcomes);
}

/**
 * Replaces the text of a leased message, and hides it for `visibilityTimeout` seconds from now on (0 releases it; left out it
 * keeps its lease to the end). `replaced` is the text that the person saw before: another one is not lost for it.
 * @throws what the update threw, `LostAnswer` when most likely the text was saved; `Taken` when somebody else of us has it;
 *   `OtherText` when it has another text by now than the person saw.
 */
export async function saveText(
  place: Place,
  {
    id,
    text,
    visibilityTimeout,
    replaced,
  }: { id: string; text: string; visibilityTimeout?: number | undefined; replaced?: string | undefined },
): Promise<void> {
  const handle = handleOf(place, id);
  const { record } = handle;
  if (record?.claim) throw new Taken(handle.whyNotHeld ?? '');
  await handle.changeText(text, visibilityTimeout, replaced);
}

/** A job has the message, or its delete waits for Undo: nothing was sent. */
export class Taken extends Error {
  override readonly name = 'Taken';
}

async function onEach(
  place: Place,
  ids: readonly string[],
  done: string,
  work: (handle: LeaseHandle) => Promise<void>,
): Promise<LeaseOutcome[]> {
  const outcomes = new Map<string, LeaseOutcome>();
  await each(ids, CONCURRENCY, async (id) => outcomes.set(id, await onOne(handleOf(place, id), done, work)));
  return ordered(ids, outcomes);
}

async function onOne(
  handle: LeaseHandle,
  done: string,
  work: (handle: LeaseHandle) => Promise<void>,
): Promise<LeaseOutcome> {
  if (handle.state !== 'held') return notHeld(handle);
  try {
    await work(handle);
    return { item: handle, kind: 'done' };
  } catch (error) {
    return refusedChange(handle, error, done);
  }
}

const ordered = (ids: readonly string[], outcomes: ReadonlyMap<string, LeaseOutcome>): LeaseOutcome[] =>
  ids.flatMap((id) => outcomes.get(id) ?? []);
