import { readableText } from '../base64';

const LOSSY = new TextDecoder('utf-8', { ignoreBOM: true });
/** Characters that are read right for each one that is not. */
const RIGHT_FOR_WRONG = 8;

/**
 * The text of bytes that are UTF-8 but for a few: cut off inside of a character, or damaged. Each of those is U+FFFD in it.
 * Undefined for other bytes, and for those that have no character beyond ASCII that is read right: they can be of any charset.
 */
export function brokenUtf8(bytes: Uint8Array): { text: string; problem: string } | undefined {
  const text = LOSSY.decode(bytes);
  const wrong = text.split('\ufffd').length - 1;
  const right = text.replace(/[\0-\x7f\ufffd]/g, '').length;
  if (wrong === 0 || right === 0 || right < wrong || text.length < wrong * RIGHT_FOR_WRONG) return undefined;
  if (readableText(new TextEncoder().encode(text)) === undefined) return undefined;
  const isAtEnd = wrong === 1 && text.endsWith('\ufffd');
  const places = wrong === 1 ? '1 place' : `${wrong} places`;
  return {
    text: isAtEnd ? text.slice(0, -1) : text,
    problem: isAtEnd
      ? 'The text is cut off inside of a character.'
      : `The bytes are no UTF-8 in ${places}, which are shown as U+FFFD.`,
  };
}
