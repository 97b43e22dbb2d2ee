import { exactly, plural } from '../../../words/counts';
import type { Content, Decoded } from '../model';

/** The content before the NULs that it ends with, which a producer in C, or with a buffer that is too large, sends along. */
export function decodeTrailingNul(content: Content): Decoded {
  let end = content.length;
  const isNul = (at: number) => (typeof content === 'string' ? content.charCodeAt(at) : content[at]) === 0;
  while (end > 0 && isNul(end - 1)) end--;
  const count = content.length - end;
  if (count === 0) return { problem: 'No trailing NUL: the last character is another.' };
  if (end === 0) return { problem: 'No trailing NUL: there is nothing else.' };
  return {
    content: content.slice(0, end),
    remark: `It ends with ${count === 1 ? 'a NUL character' : exactly(count, 'NUL character')}, which ${plural(count, 'is', 'are')} no part of the text.`,
  };
}

/** Writes a text with `count` NULs behind it. */
export const writeTrailingNul = (text: string, count: number) => text + '\0'.repeat(count);
