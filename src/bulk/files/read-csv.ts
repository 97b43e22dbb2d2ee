import { FileProblem } from './read-text';

/** `line` is where the row begins, from 1. */
export type CsvRow = { line: number; fields: string[] } | { line: number; problem: string };

type State = 'start' | 'plain' | 'quoted' | 'closed';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Characters that one row may have: a message of 64 KiB with every character doubled is far below. */
const LONGEST_ROW = 4 * 1024 * 1024;

/**
 * Rows of CSV by RFC 4180, from pieces cut anywhere. Rows end with CRLF, LF or CR; empty lines are no rows. A quote in the
 * middle of an unquoted field is itself.
 * @throws FileProblem for a row that does not end.
 */
export async function* readCsv(pieces: AsyncIterable<string>, delimiter = ','): AsyncGenerator<CsvRow> {
  const comma = delimiter.charCodeAt(0);
  let fields: string[] = [];
  let field = '';
  /** Of the field: not begun, without quotes, in quotes, behind the quote that may have ended it. */
  let state = 'start' as State;
  let problem: string | undefined;
  let line = 1;
  let firstLine = 1;
  let afterCr = false;

  function endRow(): CsvRow | undefined {
    const isEmpty = fields.length === 0 && state === 'start';
    fields.push(field);
    const row = problem === undefined ? { line: firstLine, fields } : { line: firstLine, problem };
    fields = [];
    field = '';
    state = 'start';
    problem = undefined;
    firstLine = line;
    return isEmpty ? undefined : row;
  }

  for await (const piece of pieces) {
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      const isSecondHalf = afterCr && code === LF;
      afterCr = code === CR;
      if ((code === LF || code === CR) && !isSecondHalf) line++;
      if (state === 'quoted') {
        if (code !== QUOTE) continue;
        field += piece.slice(from, at);
        state = 'closed';
      } else if (code === QUOTE && state === 'closed') {
        // Doubled: it stands for itself, and opens the rest.
        from = at;
        state = 'quoted';
      } else if (code === QUOTE && state === 'start') {
        from = at + 1;
        state = 'quoted';
      } else if (code === comma || code === LF || code === CR) {
        if (state === 'plain') field += piece.slice(from, at);
        if (code === comma) {
          fields.push(field);
          field = '';
          state = 'start';
        } else if (isSecondHalf) firstLine = line;
        else {
          const row = endRow();
          if (row) yield row;
        }
      } else if (state === 'start') {
        from = at;
        state = 'plain';
      } else if (state === 'closed') problem ??= 'Something stands between the closing quote of a field and its end.';
    }
    if (state === 'plain' || state === 'quoted') field += piece.slice(from);
    if (fields.reduce((sum, { length }) => sum + length, field.length) > LONGEST_ROW) throw unending(firstLine);
  }
  if (state === 'quoted') problem ??= 'A quote is not closed.';
  const row = endRow();
  if (row) yield row;
}

const unending = (line: number) =>
  new FileProblem(`The row that begins in line ${line.toLocaleString('en')} does not end within 4 MiB.`);
