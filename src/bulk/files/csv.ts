/** One row of CSV by RFC 4180, with its CRLF. */
export const csvRow = (fields: readonly string[]): string => `${fields.map(csvField).join(',')}\r\n`;

/** Begins a formula; the wide forms do where such letters are usual. */
const FORMULA = /^[=+\-@\uff1d\uff0b\uff0d\uff20]$/;
/** A spreadsheet may begin a cell after it: `;` and tab separate in some countries, and then no quote holds a line together. */
const SEPARATOR = /^[;\t\r\n]$/;

/**
 * A text that no spreadsheet takes for a formula: `'` stands before what would begin one, at the start and where a cell might
 * start. The text is another one then.
 */
export function guardedCell(text: string): string {
  if (!/[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text)) return text;
  const parts: string[] = /^[\t\r]/.test(text) ? ["'"] : [];
  let from = 0;
  let atStart = true;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (atStart && FORMULA.test(char)) {
      parts.push(text.slice(from, at), "'");
      from = at;
    }
    atStart = SEPARATOR.test(char) || (atStart && /["\s]/.test(char));
  }
  return parts.join('') + text.slice(from);
}

/**
 * Quotes a field that readers could misread, and the empty one, since a row with just an empty field would be an empty line.
 */
const csvField = (text: string): string =>
  text === '' || /[",\r\n\uFEFF]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
