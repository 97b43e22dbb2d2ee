import { counted, exact } from '../../../words/counts';
import { type Limits, MAX_DEPTH } from '../budget';
import { jsonProblem } from '../json-tokens';
import { type AlmostToken, afterBlanks, almostTokenAt, codePoint, type Fault } from './almost-tokens';
import { layOutAlmost } from './lay-out-almost';

/** A text that is written nearly like JSON. */
export type AlmostJson = {
  /** With line breaks and indents. Nothing but blanks between the tokens is changed. */
  laidOut: string;
  /** What is wrong and where in the text: `Not JSON: NaN at line 1, column 27.` */
  problem: string;
  /** Stretches of `laidOut` that are not JSON; the first 100. */
  faults: readonly { start: number; end: number }[];
};

/** Faults that are named in the sentence. */
const MOST_NAMED = 3;

type Level = {
  /** `{`, `[` or `(` */
  open: string;
  at: number;
  /** A `{` with values and no keys, as Python prints a set. */
  isSet: boolean;
  hasKeys: boolean;
};

/**
 * How far a text was read. `end`: where it is no longer like JSON; the length of the text where it is to its end. `hasKey`: it
 * has a key in quotes.
 */
type Reading = { tokens: AlmostToken[]; faults: Fault[]; end: number; isLikely: boolean; hasKey: boolean };

/**
 * Reads a text that is written nearly like JSON: with NaN, commas that are too many or missing, comments, single quotes, keys
 * without quotes, several values one after the other, raw line breaks, words of Python, or cut off. Undefined for JSON, for
 * any other text, and for one that nests more than 500 levels deep or has more tokens than the limit. Its time is linear.
 */
export function almostJson(text: string, { tokens: most }: Pick<Limits, 'tokens'>): AlmostJson | undefined {
  if (!mayBeAlmostJson(text)) return undefined;
  const strictly = jsonProblem(text, most);
  if (!strictly || strictly.stopped !== undefined) return undefined;
  const reading = readTokens(text, most);
  if (!reading) return undefined;
  const { tokens, faults, end, isLikely, hasKey } = reading;
  // What is not like JSON to its end must have been much like it before.
  if (end < text.length ? !hasKey : !isLikely) return undefined;
  if (faults.length === 0) return undefined;
  return { ...layOutAlmost(text, tokens, end), problem: sentenceOf(text, faults) };
}

/** True for a text whose first token opens an object or a list. */
function mayBeAlmostJson(text: string): boolean {
  let { at } = afterBlanks(text, 0);
  while (text.charAt(at) === '/' || text.charAt(at) === '#') {
    const comment = almostTokenAt(text, at);
    if (typeof comment !== 'object' || comment.kind !== 'comment') return false;
    ({ at } = afterBlanks(text, comment.end));
  }
  return text.charAt(at) === '{' || text.charAt(at) === '[';
}

type Expected = 'value' | 'key' | 'colon' | 'comma';

function readTokens(text: string, most: number): Reading | undefined {
  const tokens: AlmostToken[] = [];
  const faults: Fault[] = [];
  const open: Level[] = [];
  let expected: Expected = 'value';
  let values = 0;
  let isLikely = false;
  let hasKey = false;
  /** The comma that nothing has followed yet. */
  let comma: number | undefined;
  let second: Fault | undefined;
  let at = 0;
  const ended = (end: number): Reading => ({ tokens, faults, end, isLikely, hasKey });
  const broken = (end: number, what = 'what follows'): Reading => {
    faults.push({ what, at: end });
    return ended(end);
  };
  for (;;) {
    const token = almostTokenAt(text, at);
    if (token === undefined) break;
    if (token === 'unknown') return broken(afterBlanks(text, at).at, charName(text, afterBlanks(text, at).at));
    if (tokens.length >= most || open.length > MAX_DEPTH) return undefined;
    const level = open.at(-1);
    const { kind, start, fault } = token;
    const note = () => {
      if (fault) faults.push(fault);
    };
    if (kind === 'comment') {
      note();
    } else if (kind === 'close') {
      if (!level || CLOSES[text.charAt(start)] !== level.open.at(-1) || expected === 'colon')
        return broken(start, `the ${text.charAt(start)}`);
      // A key without its value is no end.
      if (expected === 'value' && level.open === '{' && !level.isSet && level.hasKeys && comma === undefined)
        faults.push({ what: `a key without a value before ${text.charAt(start)}`, at: start });
      if (comma !== undefined && text.charAt(start) !== ')')
        faults.push({ what: `a comma before ${text.charAt(start)}`, at: comma });
      note();
      open.pop();
      comma = undefined;
      expected = 'comma';
    } else if (kind === 'comma') {
      if (expected === 'colon') return broken(start, 'the ,');
      if (expected !== 'comma') faults.push({ what: 'a comma without a value before it', at: start });
      else if (!level) faults.push({ what: 'a comma after the value', at: start });
      note();
      isLikely = true;
      comma = start;
      expected = level?.open === '{' && !level.isSet ? 'key' : 'value';
    } else if (kind === 'colon') {
      if (expected !== 'colon' || !level) return broken(start, 'the :');
      note();
      isLikely = true;
      hasKey ||= tokens.findLast((one) => one.kind !== 'comment')?.kind === 'string';
      level.hasKeys = true;
      expected = 'value';
    } else {
      if (expected === 'colon') return broken(start, 'a key without a : after it');
      if (expected === 'comma') {
        if (level) faults.push({ what: 'a missing comma', at: start });
        // Between values there may be nothing but a line break, as in JSON Lines; what follows must be a value like the first.
        else if (kind !== 'open' && !isLikely) return broken(start);
        expected = level?.open === '{' && !level.isSet ? 'key' : 'value';
      }
      comma = undefined;
      if (expected === 'key' && level) {
        const isKey = followedByColon(text, token.end);
        if (isKey) {
          const isQuoted = kind === 'string' || kind === 'word';
          if (kind === 'open') return broken(start);
          faults.push(...(isQuoted ? (fault ? [keyFault(fault)] : []) : [{ what: 'a key without quotes', at: start }]));
          tokens.push(token);
          at = token.end;
          if (token.isEnd) break;
          expected = 'colon';
          continue;
        }
        const isCutOff = token.isEnd === true || afterBlanks(text, token.end).at >= text.length;
        if (level.hasKeys && !isCutOff) return broken(start, 'a key without a : after it');
        if (kind === 'word' && !isCutOff) return broken(start, charName(text, start));
        if (!isCutOff) {
          faults.push({ what: 'a value without a key', at: start });
          level.isSet = true;
        }
      } else if (kind === 'word') {
        const isCutOff = token.end >= text.length && level !== undefined;
        if (!isCutOff) return broken(start, wordName(text, token));
      }
      if (!level) values++;
      if (!level && values === 2) faults.push((second = { what: 'a second value', at: start }));
      if (kind === 'string' || (kind === 'literal' && level)) isLikely = true;
      if (kind !== 'word') note();
      if (kind === 'open') {
        const char = text.charAt(token.end - 1);
        open.push({ open: char, at: start, isSet: false, hasKeys: false });
        expected = char === '{' ? 'key' : 'value';
      } else expected = 'comma';
    }
    tokens.push(token);
    at = token.end;
    if (token.isEnd) break;
  }
  if (second && values > 2) second.what = `a second value (of ${exact(values)})`;
  const unclosed = open.at(-1);
  const last = tokens.at(-1);
  const inside = last?.isEnd ? `inside a ${last.kind}` : unclosed && `with a ${unclosed.open} that is never closed`;
  if (inside !== undefined) faults.push({ what: 'it is cut off', at: text.length, more: `, ${inside}` });
  return ended(text.length);
}

const CLOSES: Record<string, string> = { '}': '{', ']': '[', ')': '(' };

const keyFault = ({ what, at }: Fault): Fault => ({ what: what.replace(/^a string/, 'a key'), at });

/** Whether the next token, after comments, is a colon. */
function followedByColon(text: string, from: number): boolean {
  let next = almostTokenAt(text, from);
  for (let count = 0; typeof next === 'object' && next.kind === 'comment' && count < 4; count++)
    next = almostTokenAt(text, next.end);
  return typeof next === 'object' && next.kind === 'colon';
}

const charName = (text: string, at: number) => {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(char) ? `the ${char}` : codePoint(text, at);
};
const wordName = (text: string, { start, end }: AlmostToken) =>
  `the word ${text.slice(start, Math.min(end, start + 24))}`;

/** The first faults of each kind with their places; lines and columns count from 1. */
function sentenceOf(text: string, faults: readonly Fault[]): string {
  const kinds = new Map<string, { fault: Fault; times: number }>();
  for (const fault of faults.toSorted((one, other) => one.at - other.at)) {
    const kind = kinds.get(fault.what);
    if (kind) kind.times++;
    else kinds.set(fault.what, { fault, times: 1 });
  }
  const first = [...kinds.values()].slice(0, MOST_NAMED);
  const places = placesOf(
    text,
    first.map(({ fault }) => fault),
  );
  const named = first.map(({ fault: { what, more = '' }, times }, index) => {
    const again = times > 1 ? ` (${counted(times, 'time')})` : '';
    return `${what} at ${places[index]}${more}${again}`;
  });
  const others = kinds.size - named.length;
  return `Not JSON: ${named.join('; ')}${others > 0 ? `; and ${others} more of other kinds` : ''}.`;
}

/** The places of faults that are in the order of the text: `line 1, column 27`. */
function placesOf(text: string, faults: readonly Fault[]): string[] {
  let line = 1;
  let lineStart = 0;
  let read = 0;
  return faults.map(({ at }) => {
    for (; read < at; read++) {
      const code = text.charCodeAt(read);
      if (code !== 0x0a && (code !== 0x0d || (text.charCodeAt(read + 1) === 0x0a && read + 1 < at))) continue;
      line++;
      lineStart = read + 1;
    }
    return `line ${line}, column ${at - lineStart + 1}`;
  });
}
