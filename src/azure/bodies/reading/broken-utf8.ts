import { counted } from '../../../words/counts';
import { readableText } from '../base64';

const LOSSY = new TextDecoder('utf-8', { ignoreBOM: true });
/** Characters that are read right for each one that is not. */
const RIGHT_FOR_WRONG = 8;
/** Bytes that are looked at before all are. */
const SAMPLE = 4096;

/** Whether a text has no control characters and few that could not be read, the last ones aside, which may be cut. */
const mayBeText = (text: string) =>
  readableText(new TextEncoder().encode(text)) !== undefined &&
  (text.split('\ufffd').length - 4) * RIGHT_FOR_WRONG <= text.length;

/**
 * The text of bytes that are UTF-8 but for a few: cut off inside of a character, or damaged. Each of those is U+FFFD in it.
 * Undefined for other bytes, and for those that have no character beyond ASCII that is read right: they can be of any charset.
 */
export function brokenUtf8(bytes: Uint8Array): { text: string; problem: string } | undefined {
  if (!mayBeText(LOSSY.decode(bytes.subarray(0, SAMPLE)))) return undefined;
  const text = LOSSY.decode(bytes);
  const wrong = text.split('\ufffd').length - 1;
  const right = text.replace(/[\0-\x7f\ufffd]/g, '').length;
  if (wrong === 0 || right === 0 || right < wrong || text.length < wrong * RIGHT_FOR_WRONG) return undefined;
  if (readableText(new TextEncoder().encode(text)) === undefined) return undefined;
  const isAtEnd = wrong === 1 && text.endsWith('\ufffd');
  const places = counted(wrong, 'place');
  return {
    text: isAtEnd ? text.slice(0, -1) : text,
    problem: isAtEnd
      ? 'The text is cut off inside of a character.'
      : `The bytes are no UTF-8 in ${places}, which are shown as U+FFFD.`,
  };
}
