import type { Decoded } from '../model';

const HEAD = /^\s*data:[\w.+-]*\/?[\w.+-]*(?:;[\w.+-]+=[\w."+-]+)*(;base64)?,/i;

/** True for a text that begins as a data URL does. */
export const mayBeDataUrl = (text: string) => HEAD.test(text.slice(0, 200));

/** What is behind the head of a data URL (RFC 2397): Base64 or URL escapes. */
export function decodeDataUrl(text: string | undefined): Decoded {
  const head = HEAD.exec(text?.slice(0, 200) ?? '')?.[0];
  return head === undefined
    ? { problem: 'Not a data URL: it does not begin with data: and a comma.' }
    : { content: text?.slice(head.length) ?? '' };
}
