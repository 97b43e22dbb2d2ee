/** Zero-width characters that web pages and chats insert; no key, name or address contains one. */
const UNSEEN = /[\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2060}\u{FEFF}\u{AD}]/gu;

/** Characters; more than any settings file has, and still fast to parse on a slow phone. */
export const LONGEST_TEXT = 1_000_000;

/** Escapes of JSON, HTML and XML that stand for characters of addresses and connection strings. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&#43;': '+',
  '&#x2b;': '+',
  '&#47;': '/',
  '&#x2f;': '/',
  '&#61;': '=',
  '&#x3d;': '=',
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
const ESCAPE = /&(?:amp|quot|apos|lt|gt|#(?:39|43|47|61|x2[bf]|x3d));|\\u00(?:2[267bf]|3d)|\\["/]/gi;
/** Seams of concatenated strings, as in `"AccountName=a;" + "AccountKey=b"`. */
const PUT_TOGETHER = /(["'`])[ \n]?[+&.\\] ?_?\n?\1|(?<=[;&?])(["'`])\n\2/g;

/** Removes zero-width characters and straightens quotes. */
export const straightenQuotes = (text: string): string =>
  text
    .replace(UNSEEN, '')
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‘’‚‛]/g, "'");

/**
 * Normalises white space: a blank for blanks, a line feed for a line break, two for an empty line, so that no pattern
 * backtracks over long runs of it. Also resolves escapes and joins concatenated strings.
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

/** Trims these characters from both ends. */
export function trimCharacters(text: string, characters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text.charAt(start))) start++;
  while (end > start && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
