import { counted } from '@/words/counts';
import { isolated } from '@/words/isolate';
import type { FileLayout } from './file-layout';
import { type FieldValue, type FileRow, rowOfJson } from './file-row';
import { type CsvRow, readCsv } from './read-csv';
import { type JsonPiece, readJsonArray, readJsonLines, readJsonValues } from './read-json';
import { readLines, readWhole } from './read-lines';
import { FileProblem } from './read-text';
import { readXmlMessages } from './read-xml';

/** A row, or why it cannot be read; `line` is where it begins, from 1. */
export type NumberedRow = { line: number } & ({ row: FileRow } | { problem: string });

export type RowLayout = Omit<FileLayout, 'encoding' | 'textField'>;

/**
 * Reads the rows of a file by its layout.
 * @throws FileProblem where the file cannot be read further
 */
export async function* readRows(pieces: AsyncIterable<string>, layout: RowLayout): AsyncGenerator<NumberedRow> {
  switch (layout.format) {
    case 'json':
      return yield* parsed(readJsonArray(pieces, layout.within));
    case 'jsonl':
      return yield* parsed(readJsonLines(pieces));
    case 'values':
      return yield* parsed(readJsonValues(pieces));
    case 'csv':
      return yield* rowsByHead(pieces, layout);
    case 'lines':
      for await (const { line, text } of readLines(pieces)) yield { line, row: { whole: text, isText: true } };
      return;
    case 'xml':
      for await (const { line, whole, ...read } of readXmlMessages(pieces)) {
        if ('problem' in read) yield { line, problem: read.problem };
        else yield { line, row: { whole, isText: false, fields: asTexts(read.fields) } };
      }
      return;
    case 'whole': {
      const whole = await readWhole(pieces);
      if (whole !== '') yield { line: 1, row: { whole, isText: true } };
    }
  }
}

async function* parsed(pieces: AsyncIterable<JsonPiece>): AsyncGenerator<NumberedRow> {
  for await (const { line, json } of pieces) {
    if (isJson(json)) yield { line, row: rowOfJson(json) };
    else yield { line, problem: 'The row is not JSON.' };
  }
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A first line that is no row: Excel's, which names the delimiter, and that of PowerShell 5, which names a type. */
export const LINE_BEFORE_ROWS = /^(?:sep=(.)|#TYPE [^\r\n]*)\r?(?:\n|$)/i;
/** Longer than such a line is. */
const MAX_LINE_BEFORE_ROWS = 1000;

/** Yields a text without a first line that is no row; the number of lines stays. */
async function* withoutLineBeforeRows(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let start: string | undefined = '';
  for await (const piece of pieces) {
    if (start === undefined) yield piece;
    else {
      start += piece;
      if (start.length < MAX_LINE_BEFORE_ROWS && !start.includes('\n')) continue;
      yield start.replace(LINE_BEFORE_ROWS, '\n');
      start = undefined;
    }
  }
  if (start !== undefined) yield start.replace(LINE_BEFORE_ROWS, '\n');
}

/** Names the fields of each row by the first row, or by their numbers. */
async function* rowsByHead(pieces: AsyncIterable<string>, layout: RowLayout): AsyncGenerator<NumberedRow> {
  const { delimiter, hasHeading, message } = layout;
  let names: string[] | undefined;
  for await (const row of readCsv(withoutLineBeforeRows(pieces), delimiter)) {
    const isHeading = hasHeading && !names;
    if ('problem' in row) {
      if (isHeading) throw new FileProblem(`The first row has to name the fields. ${row.problem}`);
      yield { line: row.line, problem: row.problem };
    } else if (isHeading) names = message === 'row' ? row.fields : distinct(row.fields);
    else {
      names ??= row.fields.map((_, index) => columnName(index));
      yield rowOfCsv(row, names, message);
    }
  }
}

/** The name of a column without a heading; `index` counts from 0. */
const columnName = (index: number) => `column ${index + 1}`;

function rowOfCsv(
  { line, whole, fields }: CsvRow & { fields: string[] },
  names: readonly string[],
  message: RowLayout['message'],
): NumberedRow {
  if (message === 'field' && fields.length !== names.length) {
    return { line, problem: `The row has ${counted(fields.length, 'field')}, and the first row ${names.length}.` };
  }
  const texts = names.map((name, index): [string, string] => [name, fields[index] ?? '']);
  return { line, row: { whole, isText: false, fields: asTexts(texts) } };
}

/**
 * The names as they are; columns without one are of no account.
 * @throws FileProblem when one is there twice: it would be up to us which of the two is meant
 */
function distinct(names: string[]): string[] {
  const seen = new Set<string>();
  for (const name of names) {
    if (name !== '' && seen.has(name)) {
      throw new FileProblem(`The first row names the field "${isolated(name.slice(0, 60))}" twice.`);
    }
    seen.add(name);
  }
  return names;
}

function asTexts(texts: Iterable<readonly [string, string]>): Map<string, FieldValue> {
  const fields = new Map<string, FieldValue>();
  for (const [name, text] of texts) fields.set(name, { text });
  return fields;
}
