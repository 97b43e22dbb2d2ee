import { FileProblem } from './read-text';

/** The JSON of one element, unparsed; `line` is where it begins, from 1. */
export type JsonPiece = { line: number; json: string };

/** Characters that one element may have: a message of 64 KiB with every character escaped is far below. */
const LONGEST = 4 * 1024 * 1024;

/** Lines that are not blank, each one JSON value. @throws FileProblem for a line that does not end. */
export async function* readJsonLines(pieces: AsyncIterable<string>): AsyncGenerator<JsonPiece> {
  let rest = '';
  let line = 0;
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const json of lines) {
      line++;
      if (json.trim() !== '') yield { line, json };
    }
    if (rest.length > LONGEST) throw unending(line + 1);
  }
  if (rest.trim() !== '') yield { line: line + 1, json: rest };
}

/**
 * The elements of one JSON array, cut out without being parsed. What comes behind its end must be blank.
 * @throws FileProblem when it is no array, does not end, or has an element without end.
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
        // Before an element, not in it.
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
    if (json.length > LONGEST) throw unending(firstLine);
  }
  if (!ended) throw new FileProblem('The file ends in the middle of its array.');
}

const isBlank = (character: string) =>
  character === ' ' || character === '\n' || character === '\r' || character === '\t';
const notAnArray = (line: number) => new FileProblem(`Line ${line.toLocaleString('en')}: this is not one JSON array.`);
const unending = (line: number) =>
  new FileProblem(`What begins in line ${line.toLocaleString('en')} does not end within 4 MiB.`);
