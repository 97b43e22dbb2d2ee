import { textProblem } from '@/azure/protocol/message-text';
import { type LeaseHandle, OtherText } from '../leasing/lease-handle';
import { errorMessage } from '../requests/error-message';
import { type Outcome, troubled, type Work } from '../requests/outcome';
import { notHeld, refusedChange } from './delete-message';

/** Gives the new text, or says in a sentence why there is none. May throw, which counts as a refusal. */
export type TextChange = (text: string) => NewText | Promise<NewText>;
export type NewText = { text: string } | { refused: string };

export type TextDifference = { before: string; after: string };

/**
 * Replaces the text of leased messages. What a person holds stays leased until the same time, the others until they are
 * returned; dequeue count, insertion and expiry stay. A text that comes out unchanged is skipped. A dry run sends nothing and
 * gives the same before and after.
 */
export const changeText =
  (change: TextChange, { dryRun = false }: { dryRun?: boolean } = {}): Work<LeaseHandle, TextDifference> =>
  async (handle) => {
    if (handle.state !== 'held') return notHeld(handle);
    const before = handle.message?.text;
    if (before === undefined) return uncertainText(handle, 'changed');
    const planned = await plan(before, change);
    if ('refused' in planned) return troubled(handle, 'failed', `Not changed. ${planned.refused}`);
    const { text: after } = planned;
    const value: TextDifference = { before, after };
    if (before === after) return { ...troubled(handle, 'skipped', 'The text stays the same.'), value };
    if (dryRun) return { item: handle, kind: 'done', value };
    return { ...(await replace(handle, value)), value };
  };

/** Two answers disagree about its text, or the answer to a change of it was lost. */
export const uncertainText = (handle: LeaseHandle, done: string): Outcome<LeaseHandle, never> =>
  troubled(handle, 'failed', `Not ${done}: what its text is now is not certain. Release it and look again.`);

async function replace(handle: LeaseHandle, { before, after }: TextDifference): Promise<Outcome<LeaseHandle, never>> {
  try {
    // Planning takes a while, in a worker: what is replaced has to be what was planned for.
    await handle.changeText(after, { only: before });
    return { item: handle, kind: 'done' };
  } catch (error) {
    if (error instanceof OtherText) return uncertainText(handle, 'changed');
    return refusedChange(handle, error, 'changed');
  }
}

async function plan(text: string, change: TextChange): Promise<NewText> {
  try {
    const planned = await change(text);
    const problem = 'text' in planned ? textProblem(planned.text) : undefined;
    return problem === undefined ? planned : { refused: problem };
  } catch (error) {
    return { refused: errorMessage(error) };
  }
}
