import type { MessageRecord } from '@/messages/record';
import { type LeaseHandle, OtherText } from '../leasing/lease-handle';
import { type Planned, planned } from '../planning/steps';
import { type Outcome, troubled, type Work } from '../requests/outcome';
import { notHeld, refusedChange } from './delete-message';
import { newText, type TextChange } from './new-text';

export type TextDifference = { before: string; after: string };

/**
 * Replaces the text of leased messages. A person's leases keep their end, the others last until they are returned; dequeue
 * count, insertion time and expiry do not change. An unchanged text is skipped. A dry run sends nothing and returns the same
 * `before` and `after`.
 */
export const changeText = (
  change: TextChange,
  { dryRun = false }: { dryRun?: boolean } = {},
): Work<LeaseHandle, TextDifference> & Planned =>
  planned(dryRun ? [] : ['change'], async (handle) => {
    if (handle.state !== 'held') return notHeld(handle);
    const before = handle.message?.text;
    if (before === undefined) return uncertainText(handle, 'changed');
    const next = await newText(before, change);
    if ('refused' in next) return troubled(handle, 'failed', `Not changed. ${next.refused}`);
    const { text: after } = next;
    const value: TextDifference = { before, after };
    if (before === after) return { ...troubled(handle, 'skipped', 'The text stays the same.'), value };
    if (dryRun) return { item: handle, kind: 'done', value };
    return { ...(await replace(handle, value)), value };
  });

/**
 * Outcome of a message whose text is not certain: two responses disagree, the response to a change was lost, or a part of the
 * message cannot be read.
 */
export const uncertainText = (handle: LeaseHandle, change: string): Outcome<LeaseHandle, never> =>
  troubled(handle, 'failed', `Not ${change}: ${whyUncertain(handle.record)} Release it and look again.`);

/** Why the text of a message is not used, as a sentence that begins in lower case. */
export const whyUncertain = (record: Pick<MessageRecord, 'message'> | undefined): string =>
  record?.message?.unreadable ? UNREADABLE : 'what its text is now is not certain.';

const UNREADABLE = 'a part of the message cannot be read, so its text may not be whole.';

async function replace(handle: LeaseHandle, { before, after }: TextDifference): Promise<Outcome<LeaseHandle, never>> {
  try {
    // The plan, made in a worker, takes a while and is valid for `before` only.
    await handle.changeText(after, { only: before });
    return { item: handle, kind: 'done' };
  } catch (error) {
    if (error instanceof OtherText) return uncertainText(handle, 'changed');
    return refusedChange(handle, error, 'changed');
  }
}
