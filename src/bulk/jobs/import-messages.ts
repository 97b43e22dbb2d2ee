import type { SentMessage } from '@/azure/protocol/model';
import { type FileFormat, recogniseFormat } from '../files/file-format';
import { type ImportRow, type ImportRules, type RawRow, toDraft } from '../files/import-row';
import { type CsvRow, readCsv } from '../files/read-csv';
import { type JsonPiece, readJsonArray, readJsonLines, repeatedKey } from '../files/read-json';
import { FileProblem, readText } from '../files/read-text';
import { troubled, type Work } from '../requests/outcome';
import { type QueueTarget, serviceTime } from '../requests/queue-target';
import { addMessage } from '../work/add-message';
import type { Job, JobOptions } from './job';
import { startJob } from './start-job';

/** The format of a file without a line end is recognised by so many characters. */
const MAX_START_CHARACTERS = 65_536;

export type ImportOptions = ImportRules & {
  /** By default recognised by the first line of the file. */
  format?: FileFormat;
  /** Called with the bytes read so far. */
  onRead?: (bytes: number) => void;
};

/**
 * Reads the messages of a file one after another, each as a draft or with the rule that it breaks. Buffers no more of the
 * file than one message or one chunk of the stream.
 * @throws FileProblem where the file cannot be read further.
 */
export async function* readMessages(
  source: Blob | ReadableStream<Uint8Array>,
  to: QueueTarget,
  { format, onRead, ...rules }: ImportOptions = {},
): AsyncGenerator<ImportRow> {
  const { start, pieces } = await readStart(readText(source, onRead));
  let row = 0;
  for await (const { line, ...content } of rawRows(pieces, format ?? recogniseFormat(start), start)) {
    row++;
    yield {
      row,
      line,
      ...('problem' in content ? { problem: content.problem } : toDraft(content.raw, rules, serviceTime(to))),
    };
  }
}

/** Returns the first `count` rows of a file and its format. */
export async function previewMessages(
  file: Blob,
  to: QueueTarget,
  { count = 20, ...options }: ImportRules & { format?: FileFormat; count?: number } = {},
): Promise<{ format: FileFormat; rows: ImportRow[]; problem?: string }> {
  const { start } = await readStart(readText(file.slice(0, MAX_START_CHARACTERS)));
  const format = options.format ?? recogniseFormat(start);
  const rows: ImportRow[] = [];
  try {
    for await (const row of readMessages(file, to, { ...options, format })) if (rows.push(row) === count) break;
    return { format, rows };
  } catch (error) {
    if (error instanceof FileProblem) return { format, rows, problem: error.message };
    throw error;
  }
}

/** Adds the rows that are valid; the others fail with their rule without a request. */
export function startImport(
  file: Blob | ReadableStream<Uint8Array>,
  to: QueueTarget,
  options: ImportOptions &
    Pick<JobOptions<ImportRow, SentMessage>, 'concurrency' | 'perSecond' | 'total' | 'onOutcome'> = {},
): Job<ImportRow, SentMessage> {
  return startJob<ImportRow, SentMessage>({
    ...options,
    source: readMessages(file, to, options),
    work: importMessage(to),
    now: to.now,
    delay: to.delay,
    key: ({ row }) => row,
    name: ({ row, line }) => (row === line ? `row ${row}` : `row ${row}, line ${line}`),
  });
}

function importMessage(to: QueueTarget): Work<ImportRow, SentMessage> {
  const add = addMessage<ImportRow & { draft: { text: string } }>(to);
  return async (item) => ('draft' in item ? add(item) : troubled(item, 'failed', item.problem));
}

type Raw = { line: number } & ({ raw: unknown } | { problem: string });

async function* rawRows(pieces: AsyncIterable<string>, format: FileFormat, start: string): AsyncGenerator<Raw> {
  if (format === 'csv') yield* rowsByHead(readCsv(pieces, delimiterOf(start)));
  else for await (const piece of format === 'json' ? readJsonArray(pieces) : readJsonLines(pieces)) yield parsed(piece);
}

function parsed({ line, json }: JsonPiece): Raw {
  try {
    const raw: unknown = JSON.parse(json);
    const twice = repeatedKey(json);
    return twice === undefined
      ? { line, raw }
      : { line, problem: `The row has the field "${shortened(twice)}" twice.` };
  } catch {
    return { line, problem: 'The row is not JSON.' };
  }
}

/** Names the fields of each row by the first row. */
async function* rowsByHead(rows: AsyncIterable<CsvRow>): AsyncGenerator<Raw> {
  let names: string[] | undefined;
  for await (const row of rows) {
    if ('problem' in row) {
      if (!names) throw new FileProblem(`The first row has to name the fields. ${row.problem}`);
      yield row;
    } else if (!names) names = distinct(row.fields);
    else if (row.fields.length !== names.length) {
      yield { line: row.line, problem: `The row has ${row.fields.length} fields, and the first row ${names.length}.` };
    } else yield { line: row.line, raw: byName(names, row.fields) };
  }
}

/**
 * The names as they are; columns without one are of no account.
 * @throws FileProblem when one is there twice: it would be up to us which of the two is meant
 */
function distinct(names: string[]): string[] {
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) < index);
  if (twice !== undefined) throw new FileProblem(`The first row names the field "${shortened(twice)}" twice.`);
  return names;
}

const shortened = (name: string) => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

const byName = (names: readonly string[], fields: readonly string[]): RawRow =>
  Object.fromEntries(names.map((name, index) => [name, fields[index]]));

/** The delimiter of the header; spreadsheets write that of the country. */
function delimiterOf(start: string): string {
  const head = (start.trimStart().split(/[\r\n]/, 1)[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: head.split(delimiter).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).delimiter;
}

/** Reads enough of a text to recognise its format; `pieces` is still the whole text. */
async function readStart(pieces: AsyncGenerator<string>): Promise<{ start: string; pieces: AsyncGenerator<string> }> {
  let start = '';
  let hasBegun = false;
  while (start.length < MAX_START_CHARACTERS) {
    const next = await pieces.next();
    if (next.done) break;
    start += next.value;
    // Each piece is read once, however small they are.
    const begins: number = hasBegun ? 0 : next.value.search(/\S/);
    hasBegun ||= begins !== -1;
    if (hasBegun && next.value.includes('\n', begins)) break;
  }
  return { start, pieces: joined(start, pieces) };
}

async function* joined(start: string, remaining: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield start;
    yield* remaining;
  } finally {
    await remaining.return(undefined);
  }
}
