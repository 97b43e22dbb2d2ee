/**
 * A piece of a text that is written nearly like JSON, from `start` up to `end`. `fault` says in a few words why it is not
 * JSON, to follow "Not JSON: ": `NaN`. `isEnd`: the text ends in the middle of it.
 */
export type AlmostToken = {
  kind: 'open' | 'close' | 'comma' | 'colon' | 'string' | 'number' | 'literal' | 'word' | 'comment';
  start: number;
  end: number;
  fault?: Fault;
  isEnd?: true;
};

/** What is wrong, at an offset of the text. `more` follows its place in the sentence. */
export type Fault = { what: string; at: number; more?: string };

/** Words that are values in JSON, and those of JavaScript, Python, Ruby and C that are not. */
const JSON_WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null']);
const OTHER_WORDS: ReadonlySet<string> = new Set(
  'NaN nan Infinity inf None True False TRUE FALSE NULL Null nil undefined'.split(' '),
);
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const OTHER_NUMBER =
  /^[+-]?(?:0[xX][\dA-Fa-f_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)[nLlfFdDmM]?$/;
const SIGNED_WORD = /^[+-](?:NaN|nan|Infinity|inf)$/;
/** Letters of Python before a string. */
const PREFIX = /^(?:[bBuUrR]|[bB][rR]|[rR][bB])$/;
/** A word or a number that is longer is neither, to a person; patterns would need too much of the stack for it. */
const LONGEST_WORD = 10_000;

/**
 * Reads the token at an offset, after blanks; undefined at the end, and `'unknown'` where nothing of the kind stands. It is
 * tolerant: of JSON5, of what Python, JavaScript and Ruby print, and of what was cut off. Its time is linear in what it reads.
 */
export function almostTokenAt(text: string, from: number): AlmostToken | 'unknown' | undefined {
  const { at, odd } = afterBlanks(text, from);
  const token = tokenAt(text, at);
  // What stands between the values is told with the value after it.
  if (odd !== undefined && typeof token === 'object' && !token.fault)
    token.fault = { what: `${codePoint(text, odd)} between the values`, at: odd };
  return token;
}

/** The first offset that is no blank; the blanks of JSON are four, and `odd` is where another one stands. */
export function afterBlanks(text: string, from: number): { at: number; odd?: number } {
  let at = from;
  let odd: number | undefined;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) continue;
    if (!isOddBlank(code)) break;
    odd ??= at === 0 && code === 0xfeff ? undefined : at;
  }
  return odd === undefined ? { at } : { at, odd };
}

const isOddBlank = (code: number) =>
  code === 0x0b ||
  code === 0x0c ||
  code === 0xa0 ||
  code === 0x1680 ||
  (code >= 0x2000 && code <= 0x200b) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000 ||
  code === 0xfeff;

function tokenAt(text: string, at: number): AlmostToken | 'unknown' | undefined {
  const char = text.charAt(at);
  const one = (kind: AlmostToken['kind'], what?: string): AlmostToken => ({
    kind,
    start: at,
    end: at + 1,
    ...(what !== undefined && { fault: { what, at } }),
  });
  switch (char) {
    case '':
      return undefined;
    case '{':
    case '[':
      return one('open');
    case '(':
      return one('open', 'a ( instead of a [');
    case '}':
    case ']':
    case ')':
      return one('close');
    case ',':
      return one('comma');
    case ':':
      return one('colon');
    case '"':
    case "'":
      return stringAt(text, at, at);
    case '=':
      return text.charAt(at + 1) === '>'
        ? { kind: 'colon', start: at, end: at + 2, fault: { what: 'a => instead of a :', at } }
        : 'unknown';
    case '#':
      return commentAt(text, at, '\n', 1);
    case '/': {
      const next = text.charAt(at + 1);
      return next === '/' ? commentAt(text, at, '\n', 2) : next === '*' ? commentAt(text, at, '*/', 2) : 'unknown';
    }
    default:
      return wordAt(text, at);
  }
}

function commentAt(text: string, start: number, close: string, from: number): AlmostToken {
  const found = text.indexOf(close, start + from);
  const isBlock = close === '*/';
  let end = found < 0 ? text.length : found + (isBlock ? 2 : 0);
  if (!isBlock && text.charAt(end - 1) === '\r') end--;
  const token: AlmostToken = { kind: 'comment', start, end, fault: { what: 'a comment', at: start } };
  return isBlock && found < 0 ? { ...token, isEnd: true } : token;
}

/** A string whose quote is at `quoteAt`; letters before it, from `start`, belong to it. */
function stringAt(text: string, start: number, quoteAt: number): AlmostToken {
  const quote = text.charAt(quoteAt);
  let fault: Fault | undefined =
    start < quoteAt
      ? { what: `the ${text.slice(start, quoteAt)} before a string`, at: start }
      : quote === "'"
        ? { what: 'a string in single quotes', at: start }
        : undefined;
  for (let at = quoteAt + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote.charCodeAt(0)) return { kind: 'string', start, end: at + 1, ...(fault && { fault }) };
    if (code < 0x20) fault ??= { what: rawControl(code), at };
    if (code !== 0x5c) continue;
    const escaped = text.charAt(at + 1);
    const isEscape =
      escaped === 'u' ? /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)) : '"\\/bfnrt'.includes(escaped);
    if (!isEscape) fault ??= { what: `the escape \\${escaped}`, at };
    at++;
  }
  return { kind: 'string', start, end: text.length, isEnd: true, ...(fault && { fault }) };
}

const rawControl = (code: number) =>
  code === 0x0a || code === 0x0d
    ? 'a raw line break in a string'
    : code === 9
      ? 'a raw tab in a string'
      : `a raw ${codeName(code)} in a string`;

function wordAt(text: string, start: number): AlmostToken | 'unknown' {
  const first = text.charCodeAt(start);
  if (!isOfWord(first) && first !== 0x2b && first !== 0x2d) return 'unknown';
  let end = start + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isOfWord(code)) continue;
    // A sign belongs to the exponent of a number, and a - to a name.
    const isSign = code === 0x2d || (code === 0x2b && (text.charCodeAt(end - 1) | 0x20) === 0x65);
    if (!isSign) break;
  }
  if (end - start > LONGEST_WORD) return 'unknown';
  const word = text.slice(start, end);
  const quote = text.charAt(end);
  if ((quote === "'" || quote === '"') && PREFIX.test(word)) return stringAt(text, start, end);
  if (JSON_NUMBER.test(word)) return { kind: 'number', start, end };
  if (OTHER_NUMBER.test(word))
    return { kind: 'number', start, end, fault: { what: `the number ${short(word)}`, at: start } };
  if (JSON_WORDS.has(word)) return { kind: 'literal', start, end };
  if (OTHER_WORDS.has(word) || SIGNED_WORD.test(word))
    return { kind: 'literal', start, end, fault: { what: word, at: start } };
  if (!/^[\p{L}_$]/u.test(word)) return 'unknown';
  // What Python prints of a value of its own: `datetime.date(2026, 11, 30)`.
  if (quote === '(') return { kind: 'open', start, end: end + 1, fault: { what: `${short(word)}( )`, at: start } };
  return { kind: 'word', start, end, fault: { what: 'a key without quotes', at: start } };
}

/** Letters, digits, `_`, `$`, `.` and all beyond ASCII that is no blank. */
const isOfWord = (code: number) =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x5f ||
  code === 0x24 ||
  code === 0x2e ||
  (code > 0x7f && !isOddBlank(code));

const short = (word: string) => (word.length > 24 ? `${word.slice(0, 24)}…` : word);

/** `U+00A0` */
export const codePoint = (text: string, at: number) => codeName(text.codePointAt(at) ?? 0);
const codeName = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
