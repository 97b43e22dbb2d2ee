import { INVISIBLE, invisibleName } from './invisible';

/** One row on screen: a line, or a part of a long one. Offsets are in the whole text; line ends are not included. */
export type CodeRow = { line: number; start: number; end: number; isFirst: boolean };

/** Without wrapping; longer lines continue on the next row, so that no row is too slow to render. */
export const MAX_ROW_COLUMNS = 1000;
/** A break moves back to a blank by so many columns at most. */
const MAX_COLUMNS_BACK = 24;

/** Rows that are shown; millions would take hundreds of megabytes. */
const MAX_ROWS = 100_000;

/** Offsets where lines start, of as many as are shown; a line ends at `\n`. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0 && starts.length <= MAX_ROWS; at = text.indexOf('\n', at + 1))
    starts.push(at + 1);
  return starts;
}

/** So far back a row ends before characters that are drawn as one. */
const MAX_JOINED = 16;

/** Splits lines into rows of at most `columns`, never within a surrogate pair; the first 100,000 rows. */
export function codeRows(text: string, starts: readonly number[], columns: number): CodeRow[] {
  const rows: CodeRow[] = [];
  for (const [line, lineStart] of starts.entries()) {
    const lineEnd = (starts[line + 1] ?? text.length + 1) - 1;
    let start = lineStart;
    do {
      if (rows.length === MAX_ROWS) return rows;
      const end = endOfRow(text, start, lineEnd, columns);
      rows.push({ line, start, end, isFirst: start === lineStart });
      start = end;
    } while (start < lineEnd);
  }
  return rows;
}

function endOfRow(text: string, start: number, lineEnd: number, columns: number): number {
  let used = 0;
  let at = start;
  while (at < lineEnd) {
    const code = text.codePointAt(at) ?? 0;
    used += columnsOf(code);
    if (used > columns && at > start) break;
    at += code > 0xffff ? 2 : 1;
  }
  if (at >= lineEnd) return lineEnd;
  // Only so far back: a search up to the start of the text would be quadratic over the rows of one without blanks.
  const from = Math.max(start + 1, at - MAX_COLUMNS_BACK);
  const blank = text.slice(from, at).lastIndexOf(' ');
  return blank < 0 ? beforeJoined(text, start, at) : from + blank + 1;
}

/** `at`, or the place before it where what is drawn as one character begins: an emoji of several is not torn apart. */
function beforeJoined(text: string, start: number, at: number): number {
  let end = at;
  while (end > start && at - end < MAX_JOINED && isJoined(text, end)) end -= isLowSurrogate(text, end - 1) ? 2 : 1;
  return end > start && !isJoined(text, end) ? end : at;
}

// oxlint-disable-next-line no-misleading-character-class -- each of them is looked for alone
const JOINS = /^[\u200d\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}\p{M}]/u;
const isJoined = (text: string, at: number) => text.charCodeAt(at - 1) === 0x200d || JOINS.test(text.slice(at, at + 2));
const isLowSurrogate = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/** Two for tabs and, roughly, for wide scripts and emoji. */
const columnsOf = (code: number) => (code === 9 || code >= 0x1100 ? 2 : 1);

/** A part of a row with one style; `control` is the name of an invisible character. */
export type Piece = { text: string; tone?: string | undefined; control?: string };

/** Pieces of a row, or a row of nothing but brackets would be slow to draw. */
const MAX_PIECES = 100;
/** Pieces of all rows in the page, which usually have some hundreds. */
const MAX_PIECES_OF_ALL = 800;

type RowTokens = readonly { start: number; end: number; tone: string }[];

/**
 * Splits a row into coloured tokens, plain text and named invisible characters. What follows the first `most` pieces is one
 * plain piece, with a dot in place of each invisible character; but for these dots, the pieces joined are `text`.
 */
export function pieces(text: string, offset: number, tokens: RowTokens, most = MAX_PIECES): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const token of tokens) {
    if (token.start - offset >= text.length) break;
    if (out.length >= most) {
      out.push({ text: text.slice(at).replace(INVISIBLE, '·') });
      return out;
    }
    const start = Math.max(0, token.start - offset);
    const end = Math.min(text.length, token.end - offset);
    if (end <= start) continue;
    if (start > at) pushNamed(out, text.slice(at, start), undefined, most);
    pushNamed(out, text.slice(start, end), token.tone, most);
    at = end;
  }
  if (at < text.length) pushNamed(out, text.slice(at), undefined, most);
  return out;
}

function pushNamed(out: Piece[], text: string, tone: string | undefined, most: number) {
  let at = 0;
  for (const { index, 0: char } of text.matchAll(INVISIBLE)) {
    if (out.length >= most) break;
    if (index > at) out.push({ text: text.slice(at, index), tone });
    out.push({ text: char, control: invisibleName(char) });
    at = index + char.length;
  }
  if (at < text.length)
    out.push({ text: out.length < most ? text.slice(at) : text.slice(at).replace(INVISIBLE, '·'), tone });
}

/**
 * The pieces of rows, by key. All rows together have a bounded number, which goes to the first of them: give those in sight
 * first.
 */
export function piecesOfRows<Key>(
  rows: Iterable<{ key: Key; text: string; offset: number; tokens: RowTokens }>,
): Map<Key, Piece[]> {
  let left = MAX_PIECES_OF_ALL;
  const all = new Map<Key, Piece[]>();
  for (const { key, text, offset, tokens } of rows) {
    const own = pieces(text, offset, tokens, Math.max(0, Math.min(MAX_PIECES, left)));
    left -= own.length;
    all.set(key, own);
  }
  return all;
}
