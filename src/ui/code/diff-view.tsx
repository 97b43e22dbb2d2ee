import { useMemo, useState } from 'react';
import { count, counted } from '@/words/counts';
import { Button } from '../controls/button';
import { cx } from '../format/cx';
import { pieces } from './code-rows';
import { clipped, type DiffLine, type DiffRow, diffLines, folded } from './diff-lines';
import { SourcePieces } from './source-pieces';

/** More lines in the page are slow to render. */
const LINES_AT_ONCE = 300;

type DiffViewProps = {
  before: string;
  after: string;
  /** Name of each side: "Message 0b1f6c4e". */
  names: readonly [string, string];
  layout: 'side' | 'unified';
};

/** A table of differences. Beside the colour there are − and +, which a screen reader reads as words. */
export function DiffView({ before, after, names, layout }: DiffViewProps) {
  const difference = useMemo(() => diffLines(before, after), [before, after]);
  const [opened, setOpened] = useState<{ of: typeof difference; from: ReadonlySet<number> }>();
  const open = opened?.of === difference ? opened.from : new Set<number>();
  const [reached, setReached] = useState<{ of: typeof difference; lines: number }>();
  const most = reached?.of === difference ? reached.lines : LINES_AT_ONCE;
  const { rows, added, removed, isGivenUp } = difference;
  const isSame = added === 0 && removed === 0;
  const shown = isSame ? [] : folded(rows, open);
  const isSide = layout === 'side';
  return (
    <>
      <p role="status" className="flex-none px-5 py-2 text-12 text-text-2 max-desk:px-4">
        {isSame
          ? `The two are the same, ${counted(rows.length, 'line')}.`
          : `${counted(removed, 'line')} only in ${names[0]}, ${counted(added, 'line')} only in ${names[1]}.`}
        {isGivenUp && ' They differ too much to be matched line by line.'}
      </p>
      {!isSame && (
        <div
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling box must be reachable by keyboard
          tabIndex={0}
          role="region"
          aria-label="Differences"
          className="min-h-0 flex-1 overflow-auto border-t border-line -outline-offset-2!"
        >
          <table className="w-full table-fixed border-collapse font-mono text-12/5">
            <thead className="sticky top-0 z-1 bg-canvas text-left font-sans text-11 text-text-3">
              <tr>
                {isSide ? (
                  names.map((name) => (
                    <th key={name} scope="col" className="px-3 py-1 font-semibold">
                      {name}
                    </th>
                  ))
                ) : (
                  <th scope="col" className="px-3 py-1 font-semibold">
                    − {names[0]}, + {names[1]}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {clipped(shown.slice(0, most)).map((one) =>
                one.kind === 'folded' ? (
                  <tr key={`folded ${one.from}`}>
                    <td colSpan={isSide ? 2 : 1} className="bg-canvas px-3 py-0.5 font-sans">
                      <Button
                        variant="link"
                        onClick={() => setOpened({ of: difference, from: new Set([...open, one.from]) })}
                      >
                        Show {counted(one.to - one.from, 'line')} that are the same
                      </Button>
                    </td>
                  </tr>
                ) : isSide ? (
                  <tr key={one.index}>
                    <Cell line={one.row.left} row={one.row} side="left" />
                    <Cell line={one.row.right} row={one.row} side="right" />
                  </tr>
                ) : (
                  <Unified key={one.index} row={one.row} />
                ),
              )}
            </tbody>
          </table>
          {shown.length > most && (
            <p className="flex flex-wrap items-center gap-x-3 px-3 py-2 text-12 text-text-3">
              {count(most)} of {counted(shown.length, 'line')} are shown, so that the page stays quick.
              <Button size="sm" onClick={() => setReached({ of: difference, lines: most + LINES_AT_ONCE })}>
                Show {count(Math.min(LINES_AT_ONCE, shown.length - most))} more
              </Button>
            </p>
          )}
        </div>
      )}
    </>
  );
}

function Unified({ row }: { row: DiffRow }) {
  const sides = row.isSame ? (['left'] as const) : (['left', 'right'] as const);
  return sides.map(
    (side) =>
      row[side] && (
        <tr key={side}>
          <Cell line={row[side]} row={row} side={side} />
        </tr>
      ),
  );
}

const SIDES = {
  left: { sign: '−', label: 'Removed: ', line: 'bg-danger-tint', word: 'bg-danger-line/60' },
  right: { sign: '+', label: 'Added: ', line: 'bg-accent-tint', word: 'bg-accent-line/60' },
};

function Cell({ line, row, side }: { line: DiffLine | undefined; row: DiffRow; side: 'left' | 'right' }) {
  const style = SIDES[side];
  if (!line) return <td aria-label="No line" className="bg-sunken" />;
  return (
    <td className={cx('align-top', !row.isSame && style.line)}>
      <span className="flex min-w-0">
        <span aria-hidden="true" className="w-10 flex-none pr-2 text-right text-text-3 select-none">
          {line.number}
        </span>
        <span aria-hidden="true" className="w-4 flex-none text-text-2 select-none">
          {row.isSame ? '' : style.sign}
        </span>
        {!row.isSame && <span className="sr-only">{style.label}</span>}
        <code dir="auto" className="min-w-0 flex-1 pr-3 text-left break-words whitespace-pre-wrap [tab-size:2]">
          {line.pieces.map((piece, index) => (
            <span
              // oxlint-disable-next-line react/no-array-index-key -- pieces of one line never move
              key={index}
              className={cx(piece.isChanged && row.left && row.right && cx('rounded-[2px]', style.word))}
            >
              <SourcePieces pieces={pieces(piece.text, 0, [])} isolates={false} />
            </span>
          ))}
        </code>
      </span>
    </td>
  );
}
