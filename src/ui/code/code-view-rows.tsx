import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo } from 'react';
import { rem, useTextScale } from '../browser/text-size';
import { cx } from '../format/cx';
import { type CodeRow, piecesOfRows } from './code-rows';
import { isSlowToDraw } from './slow-text';
import { type SourceButton, SourcePieces } from './source-pieces';
import type { Token } from './syntax';

const ROW_PX = 20;
/** Rows kept above and below the view, so that most selections reach only over rows that are there. */
const OVERSCAN = 40;
/** The same for a text whose characters are slow to draw. */
const OVERSCAN_SLOW = 4;

type CodeViewRowsProps = {
  scroller: HTMLElement | null;
  text: string;
  rows: readonly CodeRow[];
  starts: readonly number[];
  tokensOf: (line: number) => Token[];
  /** Pixels of the design for line numbers; undefined leaves them out. */
  gutter: number | undefined;
  minWidth: string;
  /** Ordered by `at`, offsets of the text. */
  buttons: readonly SourceButton[];
  faults: readonly Stretch[];
};

/** A stretch of the text. */
export type Stretch = { start: number; end: number };

/** The rows in sight, and some on either side. */
export function CodeViewRows({
  scroller,
  text,
  rows,
  starts,
  tokensOf,
  gutter,
  minWidth,
  buttons,
  faults,
}: CodeViewRowsProps) {
  'use no memo';
  const rowPx = ROW_PX * useTextScale();
  const isSlow = useMemo(() => isSlowToDraw(text), [text]);
  // oxlint-disable-next-line react/incompatible-library -- the compiler skips this component
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowPx,
    overscan: isSlow ? OVERSCAN_SLOW : OVERSCAN,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
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
        const lineStart = starts[line] ?? 0;
        const tokens = withFaults(tokensOf(line), faults, lineStart, start, end);
        return [{ key: index, text: text.slice(start, end), offset: start - lineStart, tokens }];
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
                style={{ width: rem(gutter) }}
              >
                {isFirst ? line + 1 : ''}
              </span>
            )}
            <code
              data-start={start}
              data-end={end}
              className={cx('font-mono whitespace-pre [tab-size:2]', gutter === undefined && 'pl-3')}
            >
              <SourcePieces
                pieces={drawn.get(index) ?? []}
                start={start}
                buttons={buttons.filter(({ at }) => at >= start && (at < end || (at === end && end === text.length)))}
              />
            </code>
          </div>
        );
      })}
    </div>
  );
}

/** Marks the faults of a row over its tokens; offsets of tokens are within the line. */
function withFaults(
  tokens: readonly Token[],
  faults: readonly Stretch[],
  lineStart: number,
  rowStart: number,
  rowEnd: number,
): readonly { start: number; end: number; tone: string }[] {
  const here = faults.filter(({ start, end }) => start < rowEnd && end > rowStart);
  if (here.length === 0) return tokens;
  const wrong = here.map(({ start, end }) => ({
    start: Math.max(0, start - lineStart),
    end: end - lineStart,
    tone: 'wrong',
  }));
  const others = tokens.filter((token) => !wrong.some((fault) => token.start < fault.end && token.end > fault.start));
  return [...others, ...wrong].toSorted((one, other) => one.start - other.start);
}
