import { diffArrays, diffWordsWithSpace } from 'diff';
import { exactly } from '@/words/counts';

/** A part of a line; `isChanged` where the other line differs. */
export type Piece = { text: string; isChanged: boolean };
export type DiffLine = { number: number; pieces: Piece[] };
/** A line of both sides, or of one. Equal lines have no changed piece. */
export type DiffRow = { left?: DiffLine; right?: DiffLine; isSame: boolean };
export type Difference = { rows: DiffRow[]; added: number; removed: number; isGivenUp: boolean };

/** Lines that may be added and removed; the work grows with the square of them. */
const MAX_CHANGED_LINES = 600;
/** Lines of each side that are compared. */
const MAX_LINES = 100_000;
/** Characters of one line times those of the other, over all lines that are compared word by word. */
const MAX_WORD_WORK = 200_000;
/** Longer lines are not compared word by word: what is between their common start and end has changed. */
const MAX_LINE_CHARACTERS = 2000;
/** Pieces that come of comparing word by word, over all lines. */
const MAX_WORD_PIECES = 4000;

const whole = (text: string, number: number): DiffLine => ({ number, pieces: [{ text, isChanged: false }] });
const changed = (text = ''): Piece[] => [{ text, isChanged: true }];

/**
 * Compares two texts line by line, and replaced lines word by word. The work is bounded; two texts that differ too much
 * are shown side by side, and of one of more than 100,000 lines the last holds all the others.
 */
export function diffLines(before: string, after: string): Difference {
  const [left, right] = [linesOf(before), linesOf(after)];
  const changes = diffArrays(left, right, { maxEditLength: MAX_CHANGED_LINES });
  const rows: DiffRow[] = [];
  const at = { left: 0, right: 0, wordWork: 0, pieces: 0 };
  const replace = (removed: readonly string[], added: readonly string[]) => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++)
      rows.push(changedRow(removed[index], added[index], at));
  };
  if (!changes) {
    replace(left, right);
    return { rows, added: right.length, removed: left.length, isGivenUp: true };
  }
  const counts = { added: 0, removed: 0 };
  for (let index = 0; index < changes.length; index++) {
    const change = changes[index];
    const next = changes[index + 1];
    if (!change) break;
    if (change.removed) counts.removed += change.value.length;
    if (change.added) counts.added += change.value.length;
    if (change.removed && next?.added) {
      counts.added += next.value.length;
      replace(change.value, next.value);
      index++;
    } else if (change.removed) replace(change.value, []);
    else if (change.added) replace([], change.value);
    else
      for (const text of change.value)
        rows.push({ left: whole(text, ++at.left), right: whole(text, ++at.right), isSame: true });
  }
  return { rows, ...counts, isGivenUp: false };
}

/** The lines of a text; what is beyond the limit is one. */
function linesOf(text: string): string[] {
  const lines = text.split('\n', MAX_LINES);
  if (lines.length < MAX_LINES) return lines;
  let start = 0;
  for (let line = 1; line < MAX_LINES; line++) start = text.indexOf('\n', start) + 1;
  return [...lines.slice(0, -1), text.slice(start)];
}

function changedRow(
  removed: string | undefined,
  added: string | undefined,
  at: { left: number; right: number; wordWork: number; pieces: number },
): DiffRow {
  if (!isLong(removed, added)) at.wordWork += (removed?.length ?? 0) * (added?.length ?? 0);
  const [left, right] =
    at.wordWork > MAX_WORD_WORK || at.pieces > MAX_WORD_PIECES
      ? [changed(removed), changed(added)]
      : changedPieces(removed, added);
  at.pieces += left.length + right.length;
  return {
    isSame: false,
    ...(removed !== undefined && { left: { number: ++at.left, pieces: left } }),
    ...(added !== undefined && { right: { number: ++at.right, pieces: right } }),
  };
}

function changedPieces(removed: string | undefined, added: string | undefined): [Piece[], Piece[]] {
  if (removed === undefined || added === undefined) return [changed(removed), changed(added)];
  if (isLong(removed, added)) return betweenCommon(removed, added);
  const changes = diffWordsWithSpace(removed, added);
  const side = (other: 'added' | 'removed') =>
    changes
      .filter((change) => !change[other])
      .map(({ value, added: isNew, removed: isRemoved }) => ({ text: value, isChanged: isNew || isRemoved }));
  return [side('added'), side('removed')];
}

const isLong = (removed = '', added = '') => removed.length + added.length > MAX_LINE_CHARACTERS;

/** Two lines in three pieces each: the start that both have, what differs, and the end that both have. */
function betweenCommon(removed: string, added: string): [Piece[], Piece[]] {
  const shorter = Math.min(removed.length, added.length);
  let start = 0;
  while (start < shorter && removed[start] === added[start]) start++;
  let end = 0;
  while (end < shorter - start && removed.at(-1 - end) === added.at(-1 - end)) end++;
  const side = (text: string) =>
    [
      { text: text.slice(0, start), isChanged: false },
      { text: text.slice(start, text.length - end), isChanged: true },
      { text: text.slice(text.length - end), isChanged: false },
    ].filter((piece) => piece.text !== '');
  return [side(removed), side(added)];
}

/** A row, or a folded run of equal rows. */
export type Shown = { kind: 'row'; row: DiffRow; index: number } | { kind: 'folded'; from: number; to: number };

/** Lines beside a change that stay. */
const LINES_AROUND = 3;

/** Folds long runs of equal lines, except three lines beside each change and the runs that start at `open`. */
export function folded(rows: readonly DiffRow[], open: ReadonlySet<number>): Shown[] {
  const shown: Shown[] = [];
  for (let from = 0; from < rows.length; ) {
    let to = from;
    while (rows[to]?.isSame) to++;
    const start = from === 0 ? 0 : from + LINES_AROUND;
    const end = to === rows.length ? to : to - LINES_AROUND;
    if (end - start > 3 && !open.has(start)) {
      for (let index = from; index < start; index++) push(index);
      shown.push({ kind: 'folded', from: start, to: end });
      for (let index = end; index < to; index++) push(index);
    } else for (let index = from; index < to; index++) push(index);
    for (; to < rows.length && !rows[to]?.isSame; to++) push(to);
    from = to;
  }
  return shown;

  function push(index: number) {
    const row = rows[index];
    if (row) shown.push({ kind: 'row', row, index });
  }
}

/** Characters of all rows in the page, and of one piece of a line. */
const MAX_SHOWN = { all: 300_000, piece: 2000, pieceBeyond: 100 };

/** The rows with the middle of long pieces left out, so that all together are a bounded text. */
export function clipped(rows: readonly Shown[]): Shown[] {
  let left = MAX_SHOWN.all;
  const clip = (line: DiffLine | undefined): DiffLine | undefined =>
    line && {
      ...line,
      pieces: line.pieces.map(({ text, isChanged }) => {
        const short = withoutMiddle(text, left > 0 ? MAX_SHOWN.piece : MAX_SHOWN.pieceBeyond);
        left -= short.length;
        return { text: short, isChanged };
      }),
    };
  return rows.map((shown) => {
    if (shown.kind === 'folded') return shown;
    const { left: before, right: after, isSame } = shown.row;
    const [one, other] = [clip(before), clip(after)];
    return { ...shown, row: { isSame, ...(one && { left: one }), ...(other && { right: other }) } };
  });
}

function withoutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = most / 2;
  const more = text.length - most;
  return `${text.slice(0, half)} … ${exactly(more, 'character')} … ${text.slice(-half)}`;
}
