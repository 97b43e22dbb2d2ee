import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo } from 'react';
import { cx } from '../format/cx';
import { type CodeRow, type Piece, piecesOfRows } from './code-rows';
import { isSlowToDraw } from './slow-text';
import type { Token } from './syntax';

const ROW_PX = 20;
/** Rows kept above and below the view, so that most selections reach only over rows that are there. */
const OVERSCAN = 40;
/** The same for a text whose characters are slow to draw. */
const OVERSCAN_SLOW = 4;

const tones: Record<string, string> = {
  key: 'text-syn-key',
  str: 'text-syn-str',
  num: 'text-syn-num',
  kw: 'text-syn-kw',
  punct: 'text-syn-punct',
};

type CodeViewRowsProps = {
  scroller: HTMLElement | null;
  text: string;
  rows: readonly CodeRow[];
  starts: readonly number[];
  tokensOf: (line: number) => Token[];
  /** Pixels for line numbers; undefined leaves them out. */
  gutter: number | undefined;
  minWidth: string;
};

/** The rows in sight, and some on either side. */
export function CodeViewRows({ scroller, text, rows, starts, tokensOf, gutter, minWidth }: CodeViewRowsProps) {
  'use no memo';
  const isSlow = useMemo(() => isSlowToDraw(text), [text]);
  // oxlint-disable-next-line react/incompatible-library -- the compiler skips this component
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_PX,
    overscan: isSlow ? OVERSCAN_SLOW : OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  const isInSight = ({ index }: { index: number }) => index >= startIndex && index <= endIndex;
  const drawn = piecesOfRows(
    items
      .toSorted((one, other) => Number(isInSight(other)) - Number(isInSight(one)))
      .flatMap(({ index }) => {
        const row = rows[index];
        if (!row) return [];
        const { line, start, end } = row;
        return [
          { key: index, text: text.slice(start, end), offset: start - (starts[line] ?? 0), tokens: tokensOf(line) },
        ];
      }),
  );
  return (
    <div className="relative" style={{ height: virtualizer.getTotalSize(), minWidth }}>
      {items.map(({ index, start: top }) => {
        const row = rows[index];
        if (!row) return null;
        const { line, start, end, isFirst } = row;
        return (
          <div key={index} className="absolute left-0 flex h-5" style={{ top }}>
            {gutter !== undefined && (
              <span
                aria-hidden="true"
                className="flex-none pr-3 text-right text-text-3 select-none"
                style={{ width: gutter }}
              >
                {isFirst ? line + 1 : ''}
              </span>
            )}
            <code
              data-start={start}
              data-end={end}
              className={cx('font-mono whitespace-pre [tab-size:2]', gutter === undefined && 'pl-3')}
            >
              <Source pieces={drawn.get(index) ?? []} />
            </code>
          </div>
        );
      })}
    </div>
  );
}

function Source({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece, index) =>
    piece.control ? (
      // The character itself stays in the page, without width, so that positions and copies are exact.
      <span
        // oxlint-disable-next-line react/no-array-index-key -- pieces of one text never move
        key={index}
        data-name={piece.control}
        className="rounded-[3px] text-[0px] text-warn before:mx-px before:rounded-[3px] before:bg-warn-tint before:px-0.5 before:text-11 before:content-[attr(data-name)]"
      >
        {piece.text}
      </span>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one text never move
      <span key={index} className={piece.tone && tones[piece.tone]}>
        {piece.text}
      </span>
    ),
  );
}
