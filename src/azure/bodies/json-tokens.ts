import { MAX_DEPTH, MAX_TOKENS, TOO_DEEP, tooManyTokens } from './budget';

/** A piece of JSON text from `start` up to `end`. Blanks are not tokens. */
export type JsonToken = { kind: 'open' | 'close' | 'comma' | 'colon' | 'key' | 'value'; start: number; end: number };

/**
 * Why a text is not JSON: `line` and `column` count from 1, `at` is an offset from 0. `stopped`: the limit up to which it
 * was read; it may be JSON.
 */
export type JsonProblem = { message: string; at: number; line: number; column: number; stopped?: string };

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

const WORD = /true|false|null/y;
const HEX4 = /[0-9a-fA-F]{4}/y;

/**
 * Yields the tokens of a JSON text, so that a preview can stop early; returns what is wrong, if anything. It ends at
 * `most` tokens and at 500 levels, and so does all that walks a body by it.
 */
export function* jsonTokens(text: string, most = MAX_TOKENS): Generator<JsonToken, JsonProblem | undefined> {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (let count = 0; ; count++) {
    at = endOfBlanks(text, at);
    const char = text[at];
    if (char === undefined) break;
    const start = at;
    if (count >= most) return stop(text, at, tooManyTokens(most));
    if (open.length > MAX_DEPTH) return stop(text, at, TOO_DEEP);
    if (expected === 'nothing') return problem(text, at, 'Nothing may follow the value');
    if (char === '}' || char === ']') {
      const closes = char === '}' ? '{' : '[';
      const mayEnd = expected === 'comma or end' || expected === (char === '}' ? 'key or end' : 'value or end');
      if (open.at(-1) !== closes || !mayEnd) return problem(text, at, wanted(expected, open.at(-1)));
      open.pop();
      expected = open.length > 0 ? 'comma or end' : 'nothing';
      yield { kind: 'close', start, end: ++at };
    } else if (expected === 'comma or end') {
      if (char !== ',') return problem(text, at, wanted(expected, open.at(-1)));
      expected = open.at(-1) === '{' ? 'key' : 'value';
      yield { kind: 'comma', start, end: ++at };
    } else if (expected === 'colon') {
      if (char !== ':') return problem(text, at, wanted(expected, '{'));
      expected = 'value';
      yield { kind: 'colon', start, end: ++at };
    } else if (char === '"') {
      const end = endOfString(text, at);
      if (typeof end !== 'number') return end;
      const isKey: boolean = expected === 'key' || expected === 'key or end';
      expected = isKey ? 'colon' : open.length > 0 ? 'comma or end' : 'nothing';
      yield { kind: isKey ? 'key' : 'value', start, end: (at = end) };
    } else if (expected === 'key' || expected === 'key or end') {
      return problem(text, at, wanted(expected, '{'));
    } else if (char === '{' || char === '[') {
      open.push(char);
      expected = char === '{' ? 'key or end' : 'value or end';
      yield { kind: 'open', start, end: ++at };
    } else {
      at = Math.max(endOfNumber(text, at), endOf(WORD, text, at));
      if (at === start || /[\w.+-]/.test(text.charAt(at))) return problem(text, start, wanted(expected, open.at(-1)));
      expected = open.length > 0 ? 'comma or end' : 'nothing';
      yield { kind: 'value', start, end: at };
    }
  }
  if (expected === 'nothing') return undefined;
  const unclosed = open.at(-1);
  return problem(text, at, unclosed ? `The ${unclosed} is never closed` : 'Expected a value');
}

/** The first syntax error of a text; undefined for JSON. It reads `most` tokens. */
export function jsonProblem(text: string, most?: number): JsonProblem | undefined {
  const tokens = jsonTokens(text, most);
  for (;;) {
    const next = tokens.next();
    if (next.done) return next.value;
  }
}

/** True for a JSON object or list. A bare number or word is text to a person. */
export const isJson = (text: string) => mayBeJson(text) && jsonProblem(text) === undefined;

/** True for a text that begins as a JSON object or list does. */
export function mayBeJson(text: string): boolean {
  const first = text[endOfBlanks(text, text.startsWith('\uFEFF') ? 1 : 0)];
  return first === '{' || first === '[';
}

// Loops and not expressions: some megabytes would overflow the stack of the regular expression engine.
function endOfBlanks(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; )
    code = text.charCodeAt(++at);
  return at;
}

/** The end of a number; `start` where there is none. */
function endOfNumber(text: string, start: number): number {
  const first = text[start] === '-' ? start + 1 : start;
  let at = endOfDigits(text, first);
  if (at === first || (text[first] === '0' && at > first + 1)) return start;
  if (text[at] === '.') {
    const end = endOfDigits(text, at + 1);
    if (end === at + 1) return start;
    at = end;
  }
  if (text[at] === 'e' || text[at] === 'E') {
    const digits = text[at + 1] === '+' || text[at + 1] === '-' ? at + 2 : at + 1;
    at = endOfDigits(text, digits);
    if (at === digits) return start;
  }
  return at;
}

function endOfDigits(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code >= 0x30 && code <= 0x39; code = text.charCodeAt(at)) at++;
  return at;
}

function endOfString(text: string, start: number): number | JsonProblem {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return problem(text, at, 'A string cannot hold a raw line break or control character');
    if (code !== 0x5c) continue;
    at++;
    const escaped = text.charAt(at);
    if (escaped === 'u') {
      if (endOf(HEX4, text, at + 1) === at + 1) return problem(text, at - 1, '\\u needs four hex digits');
      at += 4;
    } else if (!'"\\/bfnrt'.includes(escaped)) {
      return problem(text, at - 1, `\\${escaped} is not an escape of JSON`);
    }
  }
  return problem(text, start, 'The string is never closed');
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function wanted(expected: Expected, open: string | undefined): string {
  switch (expected) {
    case 'value':
    case 'value or end':
      return 'Expected a value';
    case 'key':
    case 'key or end':
      return 'Expected a key in double quotes';
    case 'colon':
      return 'Expected : after the key';
    case 'comma or end':
      return `Expected , or ${open === '{' ? '}' : ']'}`;
    case 'nothing':
      return 'Nothing may follow the value';
  }
}

function problem(text: string, at: number, message: string): JsonProblem {
  let line = 1;
  let lineStart = 0;
  for (let index = 0; index < at; index++) {
    const code = text.charCodeAt(index);
    if (code !== 0x0a && (code !== 0x0d || (text.charCodeAt(index + 1) === 0x0a && index + 1 < at))) continue;
    line++;
    lineStart = index + 1;
  }
  return { message, at, line, column: at - lineStart + 1 };
}

const stop = (text: string, at: number, stopped: string): JsonProblem => ({
  ...problem(text, at, `It is ${stopped}`),
  stopped,
});
