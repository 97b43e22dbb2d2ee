import { textProblem } from '@/azure/sendable-text';
import { notHeld, refusedChange } from './delete-message';
import type { Loan } from './loan';
import { messageOf } from './message-of';
import { type Outcome, troubled, type Work } from './outcome';

/** Gives the new text, or says in a sentence why there is none. May throw, which counts as a refusal. */
export type TextChange = (text: string) => NewText | Promise<NewText>;
export type NewText = { text: string } | { refused: string };

export type TextDifference = { before: string; after: string };

/**
 * Replaces the text of leased messages, which stay leased until they are returned; dequeue count, insertion and expiry stay. A text
 * that comes out unchanged is skipped. A dry run sends nothing and gives the same before and after.
 */
export const changeText =
  (change: TextChange, { dryRun = false }: { dryRun?: boolean } = {}): Work<Loan, TextDifference> =>
  async (loan) => {
    if (loan.state !== 'held') return notHeld(loan);
    const planned = await plan(loan.message.text, change);
    if ('refused' in planned) return troubled(loan, 'failed', `Not changed. ${planned.refused}`);
    const { text: after } = planned;
    const value: TextDifference = { before: loan.message.text, after };
    if (value.before === after) return { ...troubled(loan, 'skipped', 'The text stays the same.'), value };
    if (dryRun) return { item: loan, kind: 'done', value };
    return { ...(await replace(loan, after)), value };
  };

async function replace(loan: Loan, text: string): Promise<Outcome<Loan, never>> {
  try {
    await loan.changeText(text);
    return { item: loan, kind: 'done' };
  } catch (error) {
    return refusedChange(loan, error, 'changed');
  }
}

async function plan(text: string, change: TextChange): Promise<NewText> {
  try {
    const planned = await change(text);
    const problem = 'text' in planned ? textProblem(planned.text) : undefined;
    return problem === undefined ? planned : { refused: problem };
  } catch (error) {
    return { refused: messageOf(error) };
  }
}
