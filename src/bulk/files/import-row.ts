import { timeToLiveProblem, visibilityDelayProblem } from '@/azure/protocol/input-rules';
import { textProblem } from '@/azure/protocol/message-text';
import type { Draft } from '@/azure/protocol/model';
import { isolated } from '@/words/isolate';
import { remainingTimeToLive } from '../requests/queue-target';
import type { FileLayout } from './file-layout';
import { type FieldValue, type FileRow, fieldAt, messageTextOf, plainValueOf } from './file-row';
import { isExpiryName, isTimeToLiveName } from './known-fields';
import { readTime, readTimeSpan } from './read-time';

export type ImportRules = {
  /**
   * `kept`: a row's time to live, else the time until it expires, by the names of this page and of other tools, else the
   * service's default. Or the same for all rows: seconds, `never`, or `default`.
   */
  timeToLive?: 'kept' | 'default' | 'never' | number | undefined;
  /** Seconds for all rows; a row's own `visibilityDelay` by default. */
  visibilityDelay?: number | undefined;
};

/** The draft of a row, or the rule that it breaks. `row` counts messages and `line` lines of the file, from 1. */
export type ImportRow = { row: number; line: number } & ({ draft: Draft } | { problem: string });

/** Makes the draft of a row, or returns the rule that it breaks. `serviceNow` is epoch ms by the account's clock. */
export function toDraft(
  row: FileRow,
  layout: Pick<FileLayout, 'message' | 'textField'>,
  rules: ImportRules,
  serviceNow: number,
): { draft: Draft } | { problem: string } {
  try {
    return { draft: draftOf(row, layout, rules, serviceNow) };
  } catch (error) {
    if (error instanceof RowProblem) return { problem: error.message };
    throw error;
  }
}

class RowProblem extends Error {}

type Fields = ReadonlyMap<string, FieldValue>;

const NO_FIELDS: Fields = new Map();

function draftOf(
  row: FileRow,
  { message, textField }: Pick<FileLayout, 'message' | 'textField'>,
  rules: ImportRules,
  serviceNow: number,
): Draft {
  const isWhole = message === 'row' || row.isText;
  // The properties of a payload are not those of its message.
  const fields = isWhole ? NO_FIELDS : (row.fields ?? NO_FIELDS);
  const text = isWhole ? row.whole : textOf(row, textField);
  const timeToLive = timeToLiveOf(fields, rules.timeToLive ?? 'kept', serviceNow);
  const visibilityDelay = rules.visibilityDelay ?? wholeNumber(fields, 'visibilityDelay');
  assertValid(textProblem(text));
  if (timeToLive !== undefined) assertValid(timeToLiveProblem(timeToLive));
  if (visibilityDelay !== undefined) assertValid(visibilityDelayProblem(visibilityDelay, timeToLive));
  return {
    text,
    ...(timeToLive !== undefined && { timeToLive }),
    ...(visibilityDelay !== undefined && { visibilityDelay }),
  };
}

function textOf({ fields, twice }: FileRow, field: string): string {
  if (!fields) throw new RowProblem('The row is neither an object nor a text.');
  // It would be up to us which of the two is meant.
  if (twice !== undefined) throw new RowProblem(`The row has the field "${shortened(twice)}" twice.`);
  const value = fieldAt(fields, field);
  if (!value) throw new RowProblem(`No field named "${shortened(field)}". Choose the field with the message text.`);
  const text = messageTextOf(value);
  if (text !== undefined) return text;
  throw new RowProblem(`The field "${shortened(field)}" is not a text. A number or a word has to be a JSON string.`);
}

function timeToLiveOf(
  fields: Fields,
  rule: ImportRules['timeToLive'],
  serviceNow: number,
): number | 'never' | undefined {
  if (rule === 'default') return undefined;
  if (rule !== 'kept') return rule;
  if (plainValueOf(fields.get('timeToLive')) === 'never') return 'never';
  const own = spanOf(fields, 'timeToLive') ?? wholeNumber(fields, 'timeToLive');
  if (own !== undefined) return own;
  const expiry = fields.has('expiresAt') ? 'expiresAt' : [...fields.keys()].find(isExpiryName);
  if (expiry === undefined) {
    const other = [...fields.keys()].find(isTimeToLiveName);
    return other === undefined ? undefined : spanOf(fields, other);
  }
  const written = plainValueOf(fields.get(expiry));
  if (written === null || written === 'never') return 'never';
  if (written === '') return undefined;
  const end = timeIn(fields.get(expiry), written);
  if (end === undefined) throw new RowProblem(`The field "${shortened(expiry)}" is not a time in ISO 8601.`);
  if (end >= LAST_DAY) return 'never';
  const expiresAt = new Date(end);
  const remaining = remainingTimeToLive(expiresAt, serviceNow);
  if (remaining === undefined) throw new RowProblem(`The message expired at ${expiresAt.toISOString()}.`);
  return remaining;
}

/** On the last day of 9999 messages expire that never do. */
const LAST_DAY = Date.UTC(9999, 11, 31);

/** PowerShell 5 writes a DateTimeOffset as an object of its properties. */
const OBJECT_OF_A_TIME = 'UtcDateTime';
/** Of a Date, in ms to either side of 1970. */
const MOST_MS = 8.64e15;

function timeIn(value: FieldValue | undefined, written: string | number | undefined): number | undefined {
  const inner = value && 'json' in value ? fieldAt(new Map([['', value]]), `.${OBJECT_OF_A_TIME}`) : undefined;
  const time = written ?? plainValueOf(inner) ?? undefined;
  const read = time === undefined ? undefined : readTime(time);
  return read === undefined || Math.abs(read) > MOST_MS ? undefined : read;
}

/** .NET's TimeSpan in a field; undefined for another value. */
function spanOf(fields: Fields, field: string): number | 'never' | undefined {
  const value = plainValueOf(fields.get(field));
  return typeof value === 'string' ? readTimeSpan(value) : undefined;
}

/** A number in JSON, digits in CSV; undefined when absent. */
function wholeNumber(fields: Fields, field: string): number | undefined {
  const value = fields.get(field);
  const plain = plainValueOf(value);
  if (!value || plain === null || plain === '') return undefined;
  if (typeof plain === 'number') return plain;
  if (typeof plain === 'string' && /^\d+$/.test(plain)) return Number(plain);
  throw new RowProblem(`The field "${shortened(field)}" is not a number of seconds.`);
}

function assertValid(problem: string | undefined): void {
  if (problem !== undefined) throw new RowProblem(problem);
}

/** The name of a field in a sentence. */
const shortened = (name: string) => isolated(name.length > 60 ? `${name.slice(0, 60)}…` : name);
