/**
 * The line separator that keeps a text exact where lines are joined with one: a text is split only at line ends that are all alike;
 * in a mixed text `\r` stays a character of its line. Undefined where there is no `\r`.
 */
export function lineSeparatorOf(text: string): '\n' | '\r\n' | undefined {
  if (!text.includes('\r')) return undefined;
  return /\r(?!\n)|(?<!\r)\n/.test(text) ? '\n' : '\r\n';
}
