import { errorMessage } from '@/azure/protocol/errors';
import { textProblem } from '@/azure/protocol/message-text';

/** Returns the new text, or a sentence why there is none. Throwing counts as a refusal. */
export type TextChange = (text: string) => NewText | Promise<NewText>;
export type NewText = { text: string } | { refused: string };

/** The new text of a message, or why it has none; never rejects. */
export async function newText(text: string, change: TextChange): Promise<NewText> {
  try {
    const next = await change(text);
    const problem = 'text' in next ? textProblem(next.text) : undefined;
    return problem === undefined ? next : { refused: problem };
  } catch (error) {
    return { refused: errorMessage(error) };
  }
}
