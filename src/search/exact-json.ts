import { isJson } from '@/azure/bodies/decode-body';
import { jsonTokens } from '@/azure/bodies/json-tokens';

/** A number that a double may round: sixteen digits or more, with or without a point. */
const MAY_BE_LONG = /[\d.]{16}/;

/**
 * Parses a JSON text. A number that JavaScript would round becomes a string of its digits: `9007199254740993` is
 * `"9007199254740993"`. Undefined for text that is no object or list.
 */
export function parseExactly(text: string): unknown {
  const first = /^\ufeff?\s*([{[])/.exec(text);
  if (!first) return undefined;
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return JSON.parse(MAY_BE_LONG.test(bare) ? withLongNumbersQuoted(bare) : bare);
  } catch {
    return undefined;
  }
}

function withLongNumbersQuoted(text: string): string {
  if (!isJson(text)) return text;
  const parts: string[] = [];
  let copied = 0;
  for (const { kind, start, end } of jsonTokens(text)) {
    if (kind !== 'value' || end - start < 16) continue;
    const source = text.slice(start, end);
    if (!/^-?\d/.test(source) || isExact(source)) continue;
    parts.push(text.slice(copied, start), '"', source, '"');
    copied = end;
  }
  return parts.length === 0 ? text : [...parts, text.slice(copied)].join('');
}

/** True when a double represents the number exactly. */
export function isExact(source: string): boolean {
  const digits = significant(source);
  return digits.length <= 15 || digits === significant(String(Number(source)));
}

const significant = (source: string) =>
  source.replace(/e.*$/i, '').replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
