import type { Decoded } from '../model';

/** True for a text in single quotes or backticks. */
export const mayBeQuoted = (text: string) => /^\s*(?:'[^]*'|`[^]*`)\s*$/.test(text.length > MOST ? '' : text);
/** A longer text overflows the stack of the regular expression engine. */
const MOST = 100_000;

/** Takes single quotes or backticks off, as shells and programs put them around a text, with the escapes of what is inside. */
export function decodeQuotes(text: string | undefined): Decoded {
  const trimmed = text?.trim() ?? '';
  const quote = trimmed.charAt(0);
  if ((quote !== "'" && quote !== '`') || trimmed.length < 2 || !trimmed.endsWith(quote))
    return { problem: 'Not in quotes: there is no pair of single quotes or backticks around it.' };
  return { content: trimmed.slice(1, -1).replaceAll(`\\${quote}`, quote) };
}
