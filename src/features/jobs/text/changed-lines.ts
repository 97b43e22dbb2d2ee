import { BRIEF } from '@/azure/bodies/budget';
import { decoder } from '@/search/decode-client';
import type { BodyView } from '@/search/task';
import { type DiffRow, diffLines, type Piece } from '@/ui/code/diff-lines';

/** A line before and after; one of them is missing where it was added or removed. */
export type ChangedLine = { number: number; before: Piece[] | undefined; after: Piece[] | undefined };

/** The lines of a decoded body that a change makes others. */
export type ChangedLines = {
  /** The steps that the body is decoded by, as labels. */
  chain: readonly string[];
  lines: readonly ChangedLine[];
  /** Changed lines that are not among these. */
  more: number;
};

/** Lines of one message that are shown. */
const MOST_LINES = 6;
/** Characters of a line beside what has changed. */
const CONTEXT_CHARACTERS = 60;
/** Characters of a changed piece that are shown. */
const MOST_CHARACTERS = 240;

/** What a change does to the lines of a body, decoded and laid out as the details show it. */
export async function changedLines(before: string, after: string, signal: AbortSignal): Promise<ChangedLines> {
  const view = (text: string) =>
    decoder.run({ kind: 'view', text, steps: undefined, limits: BRIEF }, { signal, isUrgent: true });
  const [one, other] = [await view(before), await view(after)];
  // A change of the packing itself is a change of the text as it came.
  const isAlike = chainOf(one).join() === chainOf(other).join();
  const [left, right] = isAlike ? [laidOutOf(one, before), laidOutOf(other, after)] : [before, after];
  const difference = left === right ? diffLines(before, after) : diffLines(left, right);
  const changed = difference.rows.filter(({ isSame }) => !isSame);
  return {
    chain: isAlike && left !== right ? chainOf(one) : ['Text'],
    lines: changed.slice(0, MOST_LINES).map(lineOf),
    more: Math.max(0, changed.length - MOST_LINES),
  };
}

const chainOf = ({ stages }: BodyView): string[] => stages.map(({ label }) => label);
const laidOutOf = ({ laidOut, stages }: BodyView, text: string): string => laidOut ?? stages.at(-1)?.text ?? text;

function lineOf(row: DiffRow): ChangedLine {
  const { before, after } = sidesOf(row);
  return { number: (row.left ?? row.right)?.number ?? 0, before, after };
}

/** The pieces of a line on both sides, by character: what is between their common start and end has changed. */
function sidesOf({ left, right }: DiffRow): Pick<ChangedLine, 'before' | 'after'> {
  if (!left || !right) return { before: left && around(left.pieces), after: right && around(right.pieces) };
  const [one, other] = [left, right].map(({ pieces }) => pieces.map(({ text }) => text).join('')) as [string, string];
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const side = (text: string) =>
    around(
      [
        { text: text.slice(0, start), isChanged: false },
        { text: text.slice(start, text.length - end), isChanged: true },
        { text: text.slice(text.length - end), isChanged: false },
      ].filter((piece) => piece.text !== ''),
    );
  return { before: side(one), after: side(other) };
}

/** The pieces of a line, of which those that stay are cut to what is beside a change. */
function around(pieces: readonly Piece[]): Piece[] {
  return pieces.map(({ text, isChanged }, index) => {
    if (isChanged)
      return { isChanged, text: text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text };
    const isFirst = index === 0;
    const isLast = index === pieces.length - 1;
    if (text.length <= CONTEXT_CHARACTERS * (isFirst || isLast ? 1 : 2)) return { isChanged, text };
    const [start, end] = [text.slice(0, CONTEXT_CHARACTERS), text.slice(-CONTEXT_CHARACTERS)];
    return { isChanged, text: isFirst ? `…${end}` : isLast ? `${start}…` : `${start}…${end}` };
  });
}
