import { exact } from '@/words/counts';
import { MAX_ELEMENT_CHARACTERS, readLines, unendingElement } from './read-lines';
import { FileProblem } from './read-text';

/** The JSON of one element, unparsed; `line` is where it begins, from 1. */
export type JsonPiece = { line: number; json: string };

/** Names longer than this are not told apart from others. */
const MAX_NAME_CHARACTERS = 1000;

/** Yields each line that is not blank, which is one JSON value. @throws FileProblem for a line that does not end. */
export async function* readJsonLines(pieces: AsyncIterable<string>): AsyncGenerator<JsonPiece> {
  for await (const { line, text } of readLines(pieces)) yield { line, json: text };
}

/**
 * Yields the elements of one JSON array without parsing them. The array is the file, or with `within` the member of that name
 * of one JSON object. Only blanks may follow.
 * @throws FileProblem when the file is no such array, ends early, or has an element without end.
 */
export async function* readJsonArray(pieces: AsyncIterable<string>, within = ''): AsyncGenerator<JsonPiece> {
  const opening = within === '' ? '[' : '{';
  /** Depth of the elements. */
  const inside = within === '' ? 1 : 2;
  const names = nameReader();
  let depth = 0;
  let inString = false;
  let escaped = false;
  let json = '';
  let line = 1;
  let firstLine = 1;
  /** Before the array, in it, after it. */
  let state = 'before' as 'before' | 'in' | 'after';
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
        if (depth === 1 && state === 'before') names.take(character);
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
      if (ended || (depth === 0 && character !== opening)) throw notAnArray(line, within);
      if (character === '"') {
        inString = true;
        if (depth === 1 && state === 'before') names.begin();
      } else if (character === '[' || character === '{') {
        depth++;
        const isArray = within === '' ? depth === 1 : depth === 2 && character === '[' && names.last() === within;
        if (state === 'before' && isArray) {
          state = 'in';
          from = at + 1;
          firstLine = line;
        }
      } else if (character === ',' && depth === inside && state === 'in') {
        yield { line: firstLine, json: json + piece.slice(from, at) };
        json = '';
        from = at + 1;
        firstLine = line;
      } else if (character === ']' || character === '}') {
        depth--;
        if (state === 'in' && depth === inside - 1) {
          const last = json + piece.slice(from, at);
          if (last.trim() !== '') yield { line: firstLine, json: last };
          json = '';
          state = 'after';
        }
        if (depth === 0) ended = true;
      }
    }
    if (state === 'in') json += piece.slice(from);
    if (json.length > MAX_ELEMENT_CHARACTERS) throw unendingElement(firstLine);
  }
  if (ended && state === 'before') throw notAnArray(1, within);
  if (!ended) throw new FileProblem('The file ends in the middle of its array.');
}

/**
 * Yields JSON values that follow one another, each over as many lines as it takes.
 * @throws FileProblem when the last does not end.
 */
export async function* readJsonValues(pieces: AsyncIterable<string>): AsyncGenerator<JsonPiece> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** A number or a word, which ends at a blank. */
  let inWord = false;
  let json = '';
  let line = 1;
  let firstLine = 1;
  for await (const piece of pieces) {
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const character = piece[at] ?? '';
      if (character === '\n') line++;
      const isBetween = depth === 0 && !inString && !inWord;
      if (isBetween) {
        if (isBlank(character)) continue;
        json = '';
        from = at;
        firstLine = line;
      }
      if (inString) {
        if (escaped) escaped = false;
        else if (character === '\\') escaped = true;
        else if (character === '"') inString = false;
      } else if (character === '"') inString = true;
      else if (character === '{' || character === '[') depth++;
      else if (character === '}' || character === ']') depth = Math.max(0, depth - 1);
      else if (depth === 0) inWord = !isBlank(character);
      if (depth > 0 || inString || inWord) continue;
      yield { line: firstLine, json: (json + piece.slice(from, at + 1)).trimEnd() };
      json = '';
      from = at + 1;
    }
    if (depth > 0 || inString || inWord) json += piece.slice(from);
    if (json.length > MAX_ELEMENT_CHARACTERS) throw unendingElement(firstLine);
  }
  if (depth > 0 || inString) throw new FileProblem(`What begins in line ${exact(firstLine)} does not end.`);
  if (inWord) yield { line: firstLine, json };
}

/** Remembers the last name of an object whose characters it is given. */
function nameReader() {
  let text = '';
  return {
    begin: () => void (text = '"'),
    take(character: string) {
      if (text.length < MAX_NAME_CHARACTERS) text += character;
    },
    last(): string | undefined {
      try {
        return JSON.parse(text) as string;
      } catch {
        return undefined;
      }
    },
  };
}

const isBlank = (character: string) =>
  character === ' ' || character === '\n' || character === '\r' || character === '\t';

const notAnArray = (line: number, within: string) =>
  within === ''
    ? new FileProblem(`Line ${exact(line)}: this is not one JSON array.`)
    : new FileProblem(`Line ${exact(line)}: this is not one JSON object with an array "${within}".`);
