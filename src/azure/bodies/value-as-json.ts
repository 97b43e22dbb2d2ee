import { hexOf } from './base64';

/** Levels; a body that nests deeper is hostile and would overflow the stack. */
const DEEPEST_LEVEL = 200;

/**
 * Writes a decoded binary value as JSON for reading: long numbers keep their digits, bytes become `"0x…"`, dates ISO 8601,
 * and what JSON cannot express (`NaN`, extensions) a string.
 * @throws RangeError for a value that is nested too deep.
 */
export function valueAsJson(value: unknown, depth = 0): string {
  if (depth > DEEPEST_LEVEL) throw new RangeError('nested too deep');
  const inner = (one: unknown) => valueAsJson(one, depth + 1);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? number(value) : `"${value}"`;
  if (value instanceof Uint8Array) return `"0x${hexOf(value)}"`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '"Invalid date"' : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inner).join(',')}]`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return `{${entries.map(([key, one]) => `${keyOf(key)}:${inner(one)}`).join(',')}}`;
}

/** JSON has only strings for keys. */
const keyOf = (key: unknown) => JSON.stringify(typeof key === 'string' ? key : valueAsJson(key, DEEPEST_LEVEL - 8));
const number = (value: number) => (Object.is(value, -0) ? '-0' : String(value));
