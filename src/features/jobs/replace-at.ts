import { isAt, jsonPieces, type Path } from '@/search/json-path';

/**
 * Replaces the value at a path and nothing else: not one character before or behind it, so that long numbers, the order
 * of keys and blanks stay. `value` is JSON. Of a key that is there twice the last one counts, as to most readers.
 */
export function replaceAt(text: string, path: Path, value: string): { text: string } | { refused: string } {
  const pieces = jsonPieces(text);
  let found: { start: number; end: number } | undefined;
  let next = pieces.next();
  for (; !next.done; next = pieces.next()) if (isAt(next.value, path)) found = next.value;
  if (next.value) return { refused: `It is not JSON: ${next.value.message}.` };
  if (!found) return { refused: 'There is nothing at this path.' };
  return { text: text.slice(0, found.start) + value + text.slice(found.end) };
}
