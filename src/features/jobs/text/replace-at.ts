import { isAt, jsonPieces, type Path } from '@/search/json-path';

/**
 * Replaces the JSON value at a path and no other character, so that long numbers, the order of keys and blanks stay.
 * `value` is JSON. Of a key that occurs twice the last one counts, as for most readers.
 */
export function replaceAt(text: string, path: Path, value: string): { text: string } | { refused: string } {
  const pieces = jsonPieces(text);
  let place: { start: number; end: number } | undefined;
  let next = pieces.next();
  for (; !next.done; next = pieces.next()) if (isAt(next.value, path)) place = next.value;
  if (next.value) return { refused: `It is not JSON: ${next.value.message}.` };
  if (!place) return { refused: 'There is nothing at this path.' };
  return { text: text.slice(0, place.start) + value + text.slice(place.end) };
}
