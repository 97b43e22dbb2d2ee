import { timeToLiveProblem, visibilityDelayProblem } from '@/azure/protocol/input-rules';
import { textProblem } from '@/azure/protocol/message-text';
import type { Draft } from '@/azure/protocol/model';
import { remainingTimeToLive } from '../requests/queue-target';

export type ImportRules = {
  /**
   * `kept`: a row's `timeToLive` in seconds, else the time until its `expiresAt`, else the service's default. Or the same for
   * all rows: seconds, `never`, or `default`.
   */
  timeToLive?: 'kept' | 'default' | 'never' | number;
  /** Seconds for all rows; a row's own `visibilityDelay` by default. */
  visibilityDelay?: number;
  /** Field with the message text; `text` by default. */
  textField?: string;
};

/** The draft of a row, or the rule that it breaks. `row` counts messages and `line` lines of the file, from 1. */
export type ImportRow = { row: number; line: number } & ({ draft: Draft } | { problem: string });

/** Fields of a row by name. */
export type RawRow = Record<string, unknown>;

/** Makes the draft of a row, or returns the rule that it breaks. `serviceNow` is epoch ms by the account's clock. */
export function toDraft(raw: unknown, rules: ImportRules, serviceNow: number): { draft: Draft } | { problem: string } {
  try {
    return { draft: draftOf(raw, rules, serviceNow) };
  } catch (error) {
    if (error instanceof RowProblem) return { problem: error.message };
    throw error;
  }
}

class RowProblem extends Error {}

function draftOf(raw: unknown, rules: ImportRules, serviceNow: number): Draft {
  const row = typeof raw === 'string' ? { text: raw } : raw;
  if (!isRow(row)) throw new RowProblem('The row is neither an object nor a text.');
  const text = textOf(row, typeof raw === 'string' ? 'text' : (rules.textField ?? 'text'));
  const timeToLive = timeToLiveOf(row, rules.timeToLive ?? 'kept', serviceNow);
  const visibilityDelay = rules.visibilityDelay ?? wholeNumber(row, 'visibilityDelay');
  assertValid(textProblem(text));
  if (timeToLive !== undefined) assertValid(timeToLiveProblem(timeToLive));
  if (visibilityDelay !== undefined) assertValid(visibilityDelayProblem(visibilityDelay, timeToLive));
  return {
    text,
    ...(timeToLive !== undefined && { timeToLive }),
    ...(visibilityDelay !== undefined && { visibilityDelay }),
  };
}

function textOf(row: RawRow, field: string): string {
  const text = row[field];
  if (typeof text === 'string') return text;
  // Serialising a JSON value would change numbers and the order of keys.
  if (text === undefined) throw new RowProblem(`No field named "${field}". Choose the field with the message text.`);
  throw new RowProblem(`The field "${field}" is not a text. JSON in it has to be a JSON string.`);
}

function timeToLiveOf(row: RawRow, rule: ImportRules['timeToLive'], serviceNow: number): number | 'never' | undefined {
  if (rule === 'default') return undefined;
  if (rule !== 'kept') return rule;
  if (row['timeToLive'] === 'never') return 'never';
  const own = wholeNumber(row, 'timeToLive');
  if (own !== undefined) return own;
  const { expiresAt } = row;
  if (expiresAt === null || expiresAt === 'never') return 'never';
  if (expiresAt === undefined || expiresAt === '') return undefined;
  const end = typeof expiresAt === 'string' ? Date.parse(expiresAt) : Number.NaN;
  if (Number.isNaN(end)) throw new RowProblem('The field "expiresAt" is not a time in ISO 8601.');
  const remaining = remainingTimeToLive(new Date(end), serviceNow);
  if (remaining === undefined) throw new RowProblem(`The message expired at ${new Date(end).toISOString()}.`);
  return remaining;
}

/** A number in JSON, digits in CSV; undefined when absent. */
function wholeNumber(row: RawRow, field: string): number | undefined {
  const value = row[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  throw new RowProblem(`The field "${field}" is not a number of seconds.`);
}

function assertValid(problem: string | undefined): void {
  if (problem !== undefined) throw new RowProblem(problem);
}

const isRow = (value: unknown): value is RawRow => typeof value === 'object' && value !== null && !Array.isArray(value);
