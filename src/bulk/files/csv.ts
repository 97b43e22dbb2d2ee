/** One row of CSV by RFC 4180, with its CRLF. */
export const csvRow = (fields: readonly string[]): string => `${fields.map(csvField).join(',')}\r\n`;

/**
 * Quotes a field that readers could misread, and the empty one, since a row with just an empty field would be an empty line.
 */
const csvField = (text: string): string =>
  text === '' || /[",\r\n\uFEFF]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
