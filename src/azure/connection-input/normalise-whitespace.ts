/** What web pages and chats put between characters without a width; none of it is in a key, a name or an address. */
const UNSEEN = /[\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2060}\u{FEFF}\u{AD}]/gu;

/** More than any settings file has; reading stays quick even on a slow phone. */
export const LONGEST_TEXT = 1_000_000;

/** Escapes of JSON, HTML and XML that stand for characters of addresses and connection strings. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '\\u0026': '&',
  '\\u0022': '"',
  '\\u0027': "'",
  '\\u002b': '+',
  '\\u002f': '/',
  '\\u003d': '=',
  '\\/': '/',
  '\\"': '"',
};
const ESCAPE = /&(?:amp|quot|apos|lt|gt|#39);|\\u00(?:2[267bf]|3d)|\\["/]/gi;
/** Pieces of one string that a language puts together, as in `"AccountName=a;" + "AccountKey=b"`. */
const PUT_TOGETHER = /(["'`])[ \n]?[+&.\\] ?_?\n?\1|(?<=[;&?])(["'`])\n\2/g;

/** A pasted text without what cannot be seen, in straight quotes and plain characters. */
export const straightenQuotes = (text: string): string =>
  text
    .replace(UNSEEN, '')
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‘’‚‛]/g, "'");

/**
 * The text with its white space tidy: a blank for blanks, a line feed for a line break, two for an empty line. No
 * pattern then has a long run of white space to try in many ways. Escapes are resolved, strings in pieces put together.
 */
export const normaliseWhitespace = (text: string): string =>
  text
    .replace(ESCAPE, (escape) => ESCAPES[escape.toLowerCase()] ?? escape)
    .replace(/\s+/g, blank)
    .replace(PUT_TOGETHER, '')
    .trim();

function blank(run: string): string {
  const breaks = run.replaceAll('\r\n', '\n').replace(/[^\n\r\u{2028}\u{2029}]/gu, '').length;
  return breaks > 1 ? '\n\n' : breaks === 1 ? '\n' : ' ';
}

/** The text without these characters at its ends. */
export function trimCharacters(text: string, characters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text.charAt(start))) start++;
  while (end > start && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
