import type { CorsRule } from '@/azure/protocol/model';

/** A rule as it is typed: what is half typed stays as it is. */
export type CorsRow = {
  /** Names the row while it is moved about. */
  key: number;
  /** Separated by white space or commas. */
  origins: string;
  methods: readonly string[];
  allowedHeaders: string;
  exposedHeaders: string;
  /** Seconds. */
  maxAge: string;
  /** What the service said of the rule and is not shown. */
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

/** A rule to start from: everybody may look, nobody may change. */
export const emptyCorsRow = (): CorsRow =>
  toCorsRow({
    allowedOrigins: [],
    allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
    allowedHeaders: ['*'],
    exposedHeaders: ['*'],
    maxAge: 7200,
  });

/** `maxAge` is NaN for what is no number. */
export const toCorsRule = (row: CorsRow): CorsRule => ({
  allowedOrigins: itemsOf(row.origins),
  allowedMethods: [...row.methods],
  allowedHeaders: itemsOf(row.allowedHeaders),
  exposedHeaders: itemsOf(row.exposedHeaders),
  maxAge: row.maxAge.trim() === '' ? Number.NaN : Number(row.maxAge),
  ...(row.unknown !== undefined && { unknown: row.unknown }),
});

const itemsOf = (text: string): string[] => text.split(/[\s,]+/).filter((item) => item !== '');

/** The rows with the one of that key moved up (-1) or down (1). */
export function moved(rows: readonly CorsRow[], key: number, by: 1 | -1): readonly CorsRow[] {
  const from = rows.findIndex((row) => row.key === key);
  const row = rows[from];
  const other = rows[from + by];
  return row && other ? rows.with(from, other).with(from + by, row) : rows;
}
