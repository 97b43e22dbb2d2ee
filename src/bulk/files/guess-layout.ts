import type { FieldExample, FileGuess, FileLayout, ImportFormat, LayoutChoice } from './file-layout';
import { type FieldValue, type FileRow, messageTextOf, plainValueOf, rowOfJson } from './file-row';
import { jsonMembers } from './json-members';
import { isArrayName, isKnownHeading, isKnownName, knownTextField } from './known-fields';
import { type CsvRow, readCsv } from './read-csv';
import { isJson, LINE_BEFORE_ROWS, readRows } from './read-rows';
import { FileProblem, type TextEncoding } from './read-text';

/** The layout is guessed by so many characters of a file, less what of its last row is cut off. */
export const SAMPLE_CHARACTERS = 131_072;

/** Rows that are looked at. */
const MAX_ROWS = 50;
/** Fields that are offered. */
const MAX_FIELDS = 100;
/** Levels of fields within fields that are offered. */
const MAX_LEVELS = 3;
const EXAMPLE_CHARACTERS = 80;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The beginning of a file. */
export type FileSample = {
  text: string;
  /** True when that is the whole file. */
  isWhole: boolean;
  /** Name of the file, for its ending; empty when unknown. */
  name: string;
  encoding: TextEncoding;
};

/** Guesses how the messages stand in a file, by its beginning. What a person has chosen stands. */
export async function guessLayout(sample: FileSample, choice: LayoutChoice = {}): Promise<FileGuess> {
  const text = sample.text.trimStart();
  const first = memberNames(text);
  const arrays = first.flatMap(({ name, value }) => (value.startsWith('[') ? name : []));
  const guessed = choice.format ?? (await guessFormat(text, sample));
  const format = guessed === 'wrapped' ? 'json' : guessed;
  const within = choice.within ?? (text.startsWith('[') ? '' : (arrays.find(isArrayName) ?? arrays[0] ?? ''));
  const { mayBeHeading, ...table } = format === 'csv' ? await guessTable(sample, choice) : NO_TABLE;
  const rows = await firstRows(sample, { format, within, message: 'row', ...table });
  const known = guessTextField(rows, format);
  const isText = format === 'lines' || format === 'whole';
  const layout: FileLayout = {
    encoding: choice.encoding ?? sample.encoding,
    format,
    within,
    ...table,
    message: isText
      ? 'row'
      : (choice.message ?? (known === undefined && choice.textField === undefined ? 'row' : 'field')),
    textField: choice.textField ?? known ?? '',
  };
  const fields = isText ? [] : fieldsOf(rows);
  return {
    layout: { ...layout, textField: layout.textField || (fields[0]?.name ?? 'text') },
    fields,
    arrays,
    mayBeHeading,
  };
}

type Table = Pick<FileLayout, 'delimiter' | 'hasHeading'> & Pick<FileGuess, 'mayBeHeading'>;

const NO_TABLE: Table = { delimiter: ',', hasHeading: false, mayBeHeading: false };

/** `wrapped`: one object with an array of messages. */
async function guessFormat(text: string, sample: FileSample): Promise<ImportFormat | 'wrapped'> {
  const [line = '', ...others] = text.split('\n', MAX_ROWS).filter((one) => one.trim() !== '');
  /** False when the first line may go on after the sample. */
  const isLineWhole = sample.isWhole || others.length > 0;
  if (LINE_BEFORE_ROWS.test(text)) return 'csv';
  if (text.startsWith('[')) return guessArray(text, line, others);
  if (text.startsWith('{')) {
    const isLines = isLineWhole && isJson(line) && others.length > 0;
    if (!isLines && isWrapper(text)) return 'wrapped';
    if (!isLineWhole || isJson(line)) return 'jsonl';
    // Lines within a value begin with blanks.
    return others.some((one) => one.startsWith('{') && isJson(one)) ? 'jsonl' : 'values';
  }
  if (text.startsWith('"') && isJson(line)) return 'jsonl';
  if (text.startsWith('<')) {
    if (text.includes('<QueueMessagesList') || text.includes('<QueueMessage>')) return 'xml';
    if (line.startsWith('<?xml') || !line.includes('>') || !others.every((one) => one.startsWith('<'))) return 'whole';
    return /<\/[^>]+>\s*$|\/>\s*$/.test(line.slice(-1000)) ? 'lines' : 'whole';
  }
  return (await isTable(sample)) ? 'csv' : 'lines';
}

/** An array, arrays one a line, or lines that begin with a bracket, as logs have. */
function guessArray(text: string, line: string, others: readonly string[]): ImportFormat {
  if (isJson(line)) return others.length > 0 && others.slice(0, 5).every(isJson) ? 'jsonl' : 'json';
  return /^\[\s*(?:[[{"\]\d-]|true\b|false\b|null\b|$)/.test(text) ? (isLogLine(line) ? 'lines' : 'json') : 'lines';
}

/** `[2026-11-29 10:00:00] …` is no array. */
const isLogLine = (line: string) => /^\[[^\]",{]{1,60}\]\s+\S/.test(line);

/**
 * True for an object around messages: its array has a name that tools give to it, and holds messages with their properties,
 * or is all that the object has. An order with its items is a message, and no array of them.
 */
function isWrapper(text: string): boolean {
  const members = memberNames(text);
  const own = knownTextField(members.map(({ name }) => name));
  return members.some(({ name, value }) => {
    if (!isArrayName(name) || !value.startsWith('[') || (own !== undefined && own !== name)) return false;
    const names = memberNames(value.slice(1).trimStart()).map((member) => member.name);
    return knownTextField(names) !== undefined || isBareArrayName(name, members);
  });
}

const isBareArrayName = (name: string, members: readonly unknown[]) =>
  members.length === 1 && /^(?:value|message)s?$/i.test(name);

function memberNames(text: string): { name: string; value: string }[] {
  const members: { name: string; value: string }[] = [];
  for (const member of jsonMembers(text)) if (members.push(member) === MAX_FIELDS) break;
  return members;
}

/** True for a text in columns: by the ending of the file, a heading with a known name, quotes, or as many fields in each row. */
async function isTable({ text, isWhole, name }: FileSample): Promise<boolean> {
  if (/\.(?:csv|tsv)$/i.test(name)) return true;
  for (const delimiter of DELIMITERS) {
    const rows = await csvRows({ text, isWhole }, delimiter);
    const [head] = rows;
    if (!head) return false;
    if ('fields' in head && head.fields.some(isKnownName)) return true;
    if (isEven(rows)) return true;
  }
  return text.split('\n', MAX_ROWS).some((line) => /^".*"\r?$/.test(line));
}

/** True for two columns or more, as many in each row. */
function isEven(rows: readonly CsvRow[]): boolean {
  const [head] = rows;
  if (!head || !('fields' in head)) return rows.length > 0;
  return head.fields.length > 1 && rows.every((row) => 'fields' in row && row.fields.length === head.fields.length);
}

async function guessTable(sample: FileSample, choice: LayoutChoice): Promise<Table> {
  const delimiter = choice.delimiter ?? (await guessDelimiter(sample));
  const [head, second] = await csvRows(sample, delimiter);
  const names = head && 'fields' in head ? head.fields : [];
  const isKnown = names.every((name) => name === '' || LOOKS_LIKE_A_NAME.test(name)) && isKnownHeading(names);
  const hasHeading = choice.hasHeading ?? isKnown;
  return {
    delimiter,
    hasHeading,
    mayBeHeading: choice.hasHeading === undefined && !isKnown && isLikeNames(names, second),
  };
}

/** Excel's own line says it; else the one that cuts the first row into most fields, of those that cut all rows alike first. */
async function guessDelimiter(sample: FileSample): Promise<string> {
  const [, named] = LINE_BEFORE_ROWS.exec(sample.text) ?? [];
  if (named !== undefined) return named;
  let best = { delimiter: ',' as string, isEven: false, fields: 1 };
  for (const delimiter of DELIMITERS) {
    const rows = await csvRows(sample, delimiter);
    const [head] = rows;
    const fields = head && 'fields' in head ? head.fields.length : 1;
    const next = { delimiter, isEven: isEven(rows), fields };
    const isBetter = next.isEven === best.isEven ? fields > best.fields : next.isEven;
    if (isBetter) best = next;
  }
  return best.delimiter;
}

/** A name, and no message: no digits at its start, no brackets, not long. */
const LOOKS_LIKE_A_NAME = /^[\p{L}_][\p{L}\p{N}_ .()/-]{0,39}$/u;

/** True for several texts that look like names, where the next row does not: a heading, or the first message. */
function isLikeNames(names: readonly string[], second: CsvRow | undefined): boolean {
  const others = second && 'fields' in second ? second.fields : [];
  const areNames = names.length > 1 && new Set(names).size === names.length;
  return (
    areNames &&
    names.every((name) => LOOKS_LIKE_A_NAME.test(name)) &&
    others.some((one) => !LOOKS_LIKE_A_NAME.test(one))
  );
}

/** The first rows of CSV; of a sample that is not the whole file, without the last, which may be cut. */
async function csvRows({ text, isWhole }: Pick<FileSample, 'text' | 'isWhole'>, delimiter: string): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  const sample = text.replace(LINE_BEFORE_ROWS, '\n');
  for await (const row of readCsv(once(sample), delimiter))
    if (rows.push(row) > MAX_ROWS) return rows.slice(0, MAX_ROWS);
  return isWhole || rows.length < 2 ? rows : rows.slice(0, -1);
}

/** The first rows that can be read. */
async function firstRows({ text, isWhole }: FileSample, layout: Parameters<typeof readRows>[1]): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  try {
    for await (const next of readRows(once(text), layout)) {
      if ('row' in next && rows.push(next.row) === MAX_ROWS) return rows;
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
  }
  if (rows.length > 0) return rows;
  // Of a row longer than the sample the names are known, and so are those of a heading alone.
  if (layout.format === 'csv') return layout.hasHeading ? await namesAlone({ text, isWhole }, layout.delimiter) : [];
  return isWhole ? [] : [rowOfJson(layout.format === 'json' ? afterBracket(text, layout.within) : text)];
}

async function namesAlone(sample: Pick<FileSample, 'text' | 'isWhole'>, delimiter: string): Promise<FileRow[]> {
  const [head] = await csvRows(sample, delimiter);
  if (!head || !('fields' in head)) return [];
  return [{ whole: head.whole, isText: false, fields: new Map(head.fields.map((name) => [name, { text: '' }])) }];
}

function afterBracket(text: string, within: string): string {
  const array = within === '' ? text : (memberNames(text).find(({ name }) => name === within)?.value ?? '');
  return array.trimStart().slice(1);
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** The field with the text, by the names of the first rows; undefined when each row is rather the message itself. */
function guessTextField(rows: readonly FileRow[], format: ImportFormat): string | undefined {
  const found = new Set<string>();
  for (const { fields } of rows) {
    if (!fields) continue;
    const names = [...fields.keys()];
    const isObject = (name: string) => startsObject(fields.get(name));
    const field = format === 'xml' ? 'MessageText' : (knownTextField(names, isObject) ?? fieldWithin(fields));
    if (field !== undefined) found.add(field);
  }
  if (found.has('text')) return 'text';
  const [known] = found;
  // One column is the text, whatever its name.
  return known ?? (format === 'csv' ? onlyColumn(rows) : undefined);
}

const startsObject = (value: FieldValue | undefined) =>
  value !== undefined && 'json' in value && /^[[{]/.test(value.json);

/** The field with the text of a message that is itself a field, with properties of a message. */
function fieldWithin(fields: ReadonlyMap<string, FieldValue>): string | undefined {
  for (const [name, value] of fields) {
    if (!('json' in value)) continue;
    const names = memberNames(value.json).map((member) => member.name);
    const inner = names.length > 1 && !names.includes('text') ? knownTextField(names) : undefined;
    if (inner !== undefined) return `${name}.${inner}`;
  }
  return undefined;
}

function onlyColumn(rows: readonly FileRow[]): string | undefined {
  const names = rows.map(({ fields }) => [...(fields?.keys() ?? [])]);
  const [first] = names;
  return first?.length === 1 ? first[0] : undefined;
}

/** The fields of rows, each once, with an example of those that can be a text. */
function fieldsOf(rows: readonly FileRow[]): FieldExample[] {
  const found = new Map<string, string>();
  for (const { fields } of rows) if (fields) gather(fields, '', 1, found);
  return [...found].map(([name, example]) => ({ name, example }));
}

function gather(
  fields: ReadonlyMap<string, FieldValue>,
  prefix: string,
  level: number,
  found: Map<string, string>,
): void {
  for (const [name, value] of fields) {
    if (name === '' || found.size >= MAX_FIELDS) continue;
    const path = prefix + name;
    const example = messageTextOf(value) ?? String(plainValueOf(value) ?? '');
    if (!found.get(path)) found.set(path, example.slice(0, EXAMPLE_CHARACTERS));
    if (level === MAX_LEVELS || !('json' in value) || !value.json.startsWith('{')) continue;
    const inner = rowOfJson(value.json).fields;
    if (inner) gather(inner, `${path}.`, level + 1, found);
  }
}
