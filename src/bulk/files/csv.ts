/** One row of CSV by RFC 4180, its CRLF included. */
export const csvRow = (fields: readonly string[]): string => `${fields.map(csvField).join(',')}\r\n`;

/**
 * Quoted where a reader could take it for something else: the empty text too, as a row of nothing but an empty field
 * would be an empty line.
 */
const csvField = (text: string): string =>
  text === '' || /[",\r\n\uFEFF]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
