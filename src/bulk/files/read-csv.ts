import { counted, exact } from '@/words/counts';
import { FileProblem } from './read-text';

/** `line` is where the row begins, from 1; `whole` is the row as it stands in the file, without its end. */
export type CsvRow = { line: number; whole: string } & ({ fields: string[] } | { problem: string });

type State = 'start' | 'plain' | 'quoted' | 'closed';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Of one row; a message of 64 KiB with every character doubled has far fewer. */
const MAX_ROW_CHARACTERS = 4 * 1024 * 1024;

/** Of one row; a message has fewer than ten. */
const MAX_FIELDS = 1000;

/**
 * Reads rows of CSV by RFC 4180 from pieces cut anywhere. Rows end with CRLF, LF or CR; empty lines are no rows. A quote in
 * the middle of an unquoted field is literal.
 * @throws FileProblem for a row that does not end.
 */
export async function* readCsv(pieces: AsyncIterable<string>, delimiter = ','): AsyncGenerator<CsvRow> {
  const comma = delimiter.charCodeAt(0);
  let fields: string[] = [];
  let field = '';
  /** State of the field: not begun, without quotes, in quotes, after a quote that may have closed it. */
  let state = 'start' as State;
  let problem: string | undefined;
  let line = 1;
  let firstLine = 1;
  let afterCr = false;
  /** Of the row, what came before this piece. */
  let before = '';

  function endField(): void {
    if (fields.length < MAX_FIELDS) fields.push(field);
    else problem ??= `The row has more than ${counted(MAX_FIELDS, 'field')}.`;
    field = '';
    state = 'start';
  }

  function endRow(whole: string): CsvRow | undefined {
    const isEmpty = fields.length === 0 && state === 'start';
    endField();
    const row = { line: firstLine, whole, ...(problem === undefined ? { fields } : { problem }) };
    fields = [];
    problem = undefined;
    before = '';
    firstLine = line;
    return isEmpty ? undefined : row;
  }

  for await (const piece of pieces) {
    let from = 0;
    let rowFrom = 0;
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
        // A doubled quote is one literal quote, and the field goes on in quotes.
        from = at;
        state = 'quoted';
      } else if (code === QUOTE && state === 'start') {
        from = at + 1;
        state = 'quoted';
      } else if (code === comma || code === LF || code === CR) {
        if (state === 'plain') field += piece.slice(from, at);
        if (code === comma) endField();
        else {
          const row = isSecondHalf ? undefined : endRow(before + piece.slice(rowFrom, at));
          if (isSecondHalf) firstLine = line;
          rowFrom = at + 1;
          if (row) yield row;
        }
      } else if (state === 'start') {
        from = at;
        state = 'plain';
      } else if (state === 'closed') problem ??= 'Something stands between the closing quote of a field and its end.';
    }
    if (state === 'plain' || state === 'quoted') field += piece.slice(from);
    before += piece.slice(rowFrom);
    if (before.length > MAX_ROW_CHARACTERS) throw unendingRow(firstLine);
  }
  if (state === 'quoted') problem ??= 'A quote is not closed.';
  const row = endRow(before);
  if (row) yield row;
}

const unendingRow = (line: number) =>
  new FileProblem(`The row that begins in line ${exact(line)} does not end within 4 MiB.`);
