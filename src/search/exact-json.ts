import { MAX_DEPTH } from '@/azure/bodies/budget';
import { isJson, jsonTokens, mayBeJson } from '@/azure/bodies/json-tokens';

/** A number that a double may round: sixteen digits or more, with or without a point. */
const MAY_BE_LONG = /[\d.]{16}/;

/**
 * Parses a JSON text. A number that JavaScript would round becomes a string of its digits: `9007199254740993` is
 * `"9007199254740993"`. Undefined for text that is no object or list, or nests more than 500 levels deep.
 */
export function parseExactly(text: string): unknown {
  if (!mayBeJson(text) || (mayBeDeep(text) && !isJson(text))) return undefined;
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return JSON.parse(MAY_BE_LONG.test(bare) ? withLongNumbersQuoted(bare) : bare);
  } catch {
    return undefined;
  }
}

/** False for a text that cannot be too deep, since it has not as many brackets; most have a dozen. */
function mayBeDeep(text: string): boolean {
  let brackets = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code === 0x7b || code === 0x5b) && ++brackets > MAX_DEPTH) return true;
  }
  return false;
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

function significant(source: string): string {
  const digits = source.replace(/e.*$/i, '').replace(/[-.]/g, '').replace(/^0+/, '');
  // A pattern for the last zeros would try anew at each of all zeros before them.
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
