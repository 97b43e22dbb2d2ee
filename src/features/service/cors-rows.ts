import type { CorsRule } from '@/azure/protocol/model';

/** A rule as it stands in the form, half-typed values included. */
export type CorsRow = {
  /** Identifies the row while it is moved. */
  key: number;
  /** Separated by white space or commas. */
  origins: string;
  methods: readonly string[];
  allowedHeaders: string;
  exposedHeaders: string;
  /** Seconds. */
  maxAge: string;
  /** Parts of the stored rule that are not shown. */
  unknown?: string | undefined;
};

let lastKey = 0;

export const toCorsRow = (rule: CorsRule): CorsRow => ({
  key: ++lastKey,
  origins: rule.allowedOrigins.join('\n'),
  methods: rule.allowedMethods,
  allowedHeaders: rule.allowedHeaders.join(', '),
  exposedHeaders: rule.exposedHeaders.join(', '),
  maxAge: String(rule.maxAge),
  unknown: rule.unknown,
});

/** A new rule, which lets pages read but not change. */
export const emptyCorsRow = (): CorsRow =>
  toCorsRow({
    allowedOrigins: [],
    allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
    allowedHeaders: ['*'],
    exposedHeaders: ['*'],
    maxAge: 7200,
  });

/** The rule of a row; `maxAge` is NaN when it is not a number. */
export const toCorsRule = (row: CorsRow): CorsRule => ({
  allowedOrigins: itemsOf(row.origins),
  allowedMethods: [...row.methods],
  allowedHeaders: itemsOf(row.allowedHeaders),
  exposedHeaders: itemsOf(row.exposedHeaders),
  maxAge: row.maxAge.trim() === '' ? Number.NaN : Number(row.maxAge),
  ...(row.unknown !== undefined && { unknown: row.unknown }),
});

const itemsOf = (text: string): string[] => text.split(/[\s,]+/).filter((item) => item !== '');

/** The rows with one moved up (-1) or down (1). */
export function moved(rows: readonly CorsRow[], key: number, by: 1 | -1): readonly CorsRow[] {
  const from = rows.findIndex((row) => row.key === key);
  const row = rows[from];
  const other = rows[from + by];
  return row && other ? rows.with(from, other).with(from + by, row) : rows;
}
