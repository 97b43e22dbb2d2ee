import { exact } from '@/words/counts';
import { FileProblem } from './read-text';

/** A line without its end; `line` counts from 1. */
export type Line = { line: number; text: string };

/** Of one row or one element; a message of 64 KiB with every character escaped has far fewer. */
export const MAX_ELEMENT_CHARACTERS = 4 * 1024 * 1024;

/** Yields each line that is not blank, without its LF or CRLF. @throws FileProblem for a line that does not end. */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  let parts: string[] = [];
  let characters = 0;
  let line = 1;
  for await (const piece of pieces) {
    let from = 0;
    // Each piece is searched once, however small the pieces are.
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', from)) {
      parts.push(piece.slice(from, end));
      const text = withoutCr(parts.join(''));
      if (text.trim() !== '') yield { line, text };
      parts = [];
      characters = 0;
      from = end + 1;
      line++;
    }
    parts.push(piece.slice(from));
    characters += piece.length - from;
    if (characters > MAX_ELEMENT_CHARACTERS) throw unendingElement(line);
  }
  const last = withoutCr(parts.join(''));
  if (last.trim() !== '') yield { line, text: last };
}

/**
 * Reads a file that is one message.
 * @throws FileProblem for a file that no message can hold
 */
export async function readWhole(pieces: AsyncIterable<string>): Promise<string> {
  const parts: string[] = [];
  let characters = 0;
  for await (const piece of pieces) {
    characters += piece.length;
    if (characters > MAX_ELEMENT_CHARACTERS) {
      throw new FileProblem('The file has more than 4 MiB, and a message holds at most 64 KiB.');
    }
    parts.push(piece);
  }
  return parts.join('');
}

const withoutCr = (text: string) => (text.endsWith('\r') ? text.slice(0, -1) : text);

export const unendingElement = (line: number) =>
  new FileProblem(`What begins in line ${exact(line)} does not end within 4 MiB.`);
