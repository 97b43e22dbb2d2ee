import { FileProblem } from './read-text';

/** The JSON of one element, unparsed; `line` is where it begins, from 1. */
export type JsonPiece = { line: number; json: string };

/** Of one element; a message of 64 KiB with every character escaped has far fewer. */
const MAX_ELEMENT_CHARACTERS = 4 * 1024 * 1024;

/** Yields each line that is not blank, which is one JSON value. @throws FileProblem for a line that does not end. */
export async function* readJsonLines(pieces: AsyncIterable<string>): AsyncGenerator<JsonPiece> {
  let incomplete = '';
  let line = 0;
  for await (const piece of pieces) {
    const lines = (incomplete + piece).split('\n');
    incomplete = lines.pop() ?? '';
    for (const json of lines) {
      line++;
      if (json.trim() !== '') yield { line, json };
    }
    if (incomplete.length > MAX_ELEMENT_CHARACTERS) throw unendingElement(line + 1);
  }
  if (incomplete.trim() !== '') yield { line: line + 1, json: incomplete };
}

/**
 * Yields the elements of one JSON array without parsing them. Only blanks may follow the array.
 * @throws FileProblem when the file is no array, ends early, or has an element without end.
 */
export async function* readJsonArray(pieces: AsyncIterable<string>): AsyncGenerator<JsonPiece> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let json = '';
  let line = 1;
  let firstLine = 1;
  let ended = false as boolean;
  for await (const piece of pieces) {
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const character = piece[at] ?? '';
      if (character === '\n') line++;
      if (inString) {
        if (escaped) escaped = false;
        else if (character === '\\') escaped = true;
        else if (character === '"') inString = false;
        continue;
      }
      if (isBlank(character)) {
        // Blanks before an element are not part of it.
        if (json === '' && at === from) {
          from = at + 1;
          firstLine = line;
        }
        continue;
      }
      if (ended || (depth === 0 && character !== '[')) throw notAnArray(line);
      if (character === '"') inString = true;
      else if (character === '[' || character === '{') {
        depth++;
        if (depth === 1) {
          from = at + 1;
          firstLine = line;
        }
      } else if (character === ',' && depth === 1) {
        yield { line: firstLine, json: json + piece.slice(from, at) };
        json = '';
        from = at + 1;
        firstLine = line;
      } else if ((character === ']' || character === '}') && --depth === 0) {
        const last = json + piece.slice(from, at);
        if (last.trim() !== '') yield { line: firstLine, json: last };
        json = '';
        ended = true;
      }
    }
    if (!ended && depth > 0) json += piece.slice(from);
    if (json.length > MAX_ELEMENT_CHARACTERS) throw unendingElement(firstLine);
  }
  if (!ended) throw new FileProblem('The file ends in the middle of its array.');
}

/**
 * A key that an object has twice, of which a parser keeps the last; undefined without one, and for any other value.
 * @param json well-formed
 */
export function repeatedKey(json: string): string | undefined {
  const keys = new Set<string>();
  let depth = 0;
  let isKey = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '"') {
      const from = at;
      for (at++; json[at] !== '"'; at++) if (json[at] === '\\') at++;
      if (!isKey || depth !== 1) continue;
      isKey = false;
      const key = JSON.parse(json.slice(from, at + 1)) as string;
      if (keys.has(key)) return key;
      keys.add(key);
    } else if (character === '{' || character === '[') {
      if (depth === 0 && character === '[') return undefined;
      depth++;
      isKey = depth === 1;
    } else if (character === '}' || character === ']') depth--;
    else if (character === ',' && depth === 1) isKey = true;
  }
  return undefined;
}

const isBlank = (character: string) =>
  character === ' ' || character === '\n' || character === '\r' || character === '\t';
const notAnArray = (line: number) => new FileProblem(`Line ${line.toLocaleString('en')}: this is not one JSON array.`);
const unendingElement = (line: number) =>
  new FileProblem(`What begins in line ${line.toLocaleString('en')} does not end within 4 MiB.`);
