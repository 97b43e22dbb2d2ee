import { BRIEF } from '@/azure/bodies/budget';
import { isLong } from './compare-values';
import { type CountedExpression, compileCounted, type ExpressionLimits, ExpressionStopped } from './counted-jsonata';
import { isExact, parseExactly } from './exact-json';
import { innerValue } from './inner-values';

/** Properties of a message that expressions can use as `$message`. */
export type MessageContext = {
  id: string;
  text: string;
  dequeueCount: number;
  size: number;
  inserted: string | null;
  expires: string | null;
};

export type Expression =
  | { problem: { message: string; at?: number | undefined } }
  | {
      problem?: undefined;
      /**
       * `hasInner`: strings of the body may be inner values, and paths go on inside them.
       * @throws ExpressionStopped at a limit, and else a message and an offset in the expression
       */
      holds: (body: unknown, message: MessageContext, limits: ExpressionLimits, hasInner?: boolean) => Promise<boolean>;
    };

/**
 * Compiles a JSONata expression as a condition, with JSONata's truth values: an empty text, list or object, 0 and no match are
 * false. Refuses numbers that a double would round silently.
 */
export function compileExpression(source: string): Expression {
  const long = longNumber(source);
  if (long)
    return {
      problem: {
        message: `${long.source} has more digits than a number keeps. Compare it as text: "${long.source}"`,
        at: long.at,
      },
    };
  try {
    const compiled = compileCounted(source, { decode: decodeText });
    let through: CountedExpression | undefined;
    return {
      async holds(body, message, limits, hasInner = false) {
        try {
          if (hasInner) through ??= compileCounted(source, { decode: decodeText, isThrough: true });
          return isTrue(await (hasInner && through ? through : compiled).evaluate(body, { message }, limits));
        } catch (error) {
          throw error instanceof ExpressionStopped ? error : problemOf(error, source);
        }
      },
    };
  } catch (error) {
    return { problem: problemOf(error, source) };
  }
}

/** What `$decode` makes of a text: the value inside it, parsed where it is JSON; else the text itself. */
async function decodeText(text: string): Promise<unknown> {
  const body = await innerValue(text, { limits: BRIEF });
  const inner = body?.stages.at(-1);
  if (inner?.text === undefined) return text;
  return inner.kind === 'json' ? (parseExactly(inner.text) ?? inner.text) : inner.text;
}

/** Reads what JSONata throws: plain objects with a message and the offset after the token. */
function problemOf(error: unknown, source: string): { message: string; at?: number | undefined } {
  const { message, position, token, value, value2 } = error as Record<string, unknown>;
  const original = typeof message === 'string' ? message : String(error);
  const long = [value, value2].find((one): one is string => typeof one === 'string' && isLong(one));
  const text =
    long === undefined ? original : `${original}. A number as long as ${long} is text here: compare it in quotes`;
  if (typeof position !== 'number') return { message: text };
  const start = typeof token === 'string' ? source.lastIndexOf(token, position - token.length) : -1;
  return { message: text, at: start < 0 ? Math.min(position, source.length) : start };
}

/** `seen`: lists that were looked at; a list may be in itself many times over. */
function isTrue(value: unknown, seen = new Set<unknown>()): boolean {
  if (Array.isArray(value)) {
    if (seen.has(value)) return false;
    seen.add(value);
    return value.some((item) => isTrue(item, seen));
  }
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** The first number outside of strings that a double would round. */
function longNumber(source: string): { source: string; at: number } | undefined {
  for (const { 0: piece, index } of source.matchAll(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[\p{L}_$][\p{L}\p{N}_$]*|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gu,
  ))
    if (/^\d/.test(piece) && !isExact(piece)) return { source: piece, at: index };
  return undefined;
}
