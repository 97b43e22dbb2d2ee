/** JSON Lines, one JSON array, or comma-separated values by RFC 4180. */
export type FileFormat = 'jsonl' | 'json' | 'csv';

/**
 * Recognises the format of a text by its first line. Rows of JSON Lines are objects or strings; a line that starts with a
 * quote and is no JSON is a CSV header.
 */
export function recogniseFormat(start: string): FileFormat {
  const text = start.trimStart();
  if (text.startsWith('[')) return 'json';
  if (text.startsWith('{')) return 'jsonl';
  if (!text.startsWith('"')) return 'csv';
  return isJsonText(text.split(/\r?\n/, 1)[0] ?? '') ? 'jsonl' : 'csv';
}

function isJsonText(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'string';
  } catch {
    return false;
  }
}
