import { useVirtualizer } from '@tanstack/react-virtual';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type CodeRow, codeRows, LONGEST_ROW, lineStarts, pieces } from './code-rows';
import { selectedSource } from './code-selection';
import { cx } from './cx';
import { createTokeniser, type Language, type Token } from './syntax';

export type CodeViewProps = {
  text: string;
  language: Language;
  /** Breaks lines at the width of the view instead of scrolling sideways. */
  wrap?: boolean | undefined;
  /** The accessible name: "Message body". */
  label: string;
  role?: 'region' | 'document' | undefined;
  /** False leaves the line numbers out. */
  numbers?: boolean | undefined;
  className?: string | undefined;
};

const ROW = 20;
const GUTTER = 32;
const PADDING = 12;
/** Rows kept above and below the view, so that most selections reach only over rows that are there. */
const OVERSCAN = 40;

const tones: Record<string, string> = {
  key: 'text-syn-key',
  str: 'text-syn-str',
  num: 'text-syn-num',
  kw: 'text-syn-kw',
  punct: 'text-syn-punct',
};

/**
 * A text to read: numbered, coloured, selectable, copied exactly. Only the rows in sight are in the page, so that
 * megabytes stay smooth. Ctrl A selects this text alone; invisible characters are shown by their names.
 */
export function CodeView({ text, language, wrap, label, role = 'region', numbers = true, className }: CodeViewProps) {
  'use memo';
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const columnsInSight = useColumns(scroller);
  const starts = lineStarts(text);
  const gutter = numbers ? Math.max(GUTTER, String(starts.length).length * 8 + 16) : PADDING;
  const columns = wrap ? Math.max(8, columnsInSight(gutter + PADDING)) : LONGEST_ROW;
  const rows = codeRows(text, starts, columns);
  const widest = wrap ? 0 : rows.reduce((most, row) => Math.max(most, row.end - row.start), 0);
  const tokensOf = createTokeniser(
    (line) => text.slice(starts[line], (starts[line + 1] ?? text.length + 1) - 1),
    language,
  );
  const isAll = useRef(false);

  function press(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      // The dialog or grid around has a Ctrl A of its own.
      event.stopPropagation();
      if (scroller) getSelection()?.selectAllChildren(scroller);
      isAll.current = true;
    } else if (!event.ctrlKey && !event.metaKey) isAll.current = false;
  }

  function copy(event: ClipboardEvent) {
    if (!scroller) return;
    const selected = isAll.current ? ([0, text.length] as const) : selectedSource(scroller, getSelection());
    if (!selected) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', text.slice(...selected));
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- selecting and copying, as in any text
    <div
      ref={setScroller}
      role={role}
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling box must be reachable by keyboard
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={() => (isAll.current = false)}
      onCopy={copy}
      className={cx(
        'relative min-h-0 overflow-auto py-1 font-mono text-12/5 -outline-offset-2! selection:bg-accent-tint',
        className,
      )}
    >
      <Rows
        scroller={scroller}
        text={text}
        rows={rows}
        starts={starts}
        tokensOf={tokensOf}
        gutter={numbers ? gutter : undefined}
        minWidth={`calc(${gutter + PADDING}px + ${widest}ch)`}
      />
    </div>
  );
}

type RowsProps = {
  scroller: HTMLElement | null;
  text: string;
  rows: readonly CodeRow[];
  starts: readonly number[];
  tokensOf: (line: number) => Token[];
  /** Pixels for line numbers; undefined leaves them out. */
  gutter: number | undefined;
  minWidth: string;
};

function Rows({ scroller, text, rows, starts, tokensOf, gutter, minWidth }: RowsProps) {
  'use no memo';
  // oxlint-disable-next-line react/incompatible-library -- the compiler is told to leave this component alone
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
  });
  return (
    <div className="relative" style={{ height: virtualizer.getTotalSize(), minWidth }}>
      {virtualizer.getVirtualItems().map(({ index, start: top }) => {
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
              <Source text={text.slice(start, end)} offset={start - (starts[line] ?? 0)} tokens={tokensOf(line)} />
            </code>
          </div>
        );
      })}
    </div>
  );
}

function Source({ text, offset, tokens }: { text: string; offset: number; tokens: readonly Token[] }) {
  return pieces(text, offset, tokens).map((piece, index) =>
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

/** How many characters fit beside so many pixels; follows the size of the element. */
function useColumns(element: HTMLElement | null): (taken: number) => number {
  'use memo';
  const [width, setWidth] = useState(0);
  const [character, setCharacter] = useState(7.2);
  useEffect(() => {
    if (!element) return;
    const probe = document.createElement('canvas').getContext('2d');
    const { fontFamily, fontSize } = getComputedStyle(element);
    if (probe) probe.font = `${fontSize} ${fontFamily}`;
    const measured = (probe?.measureText('0'.repeat(100)).width ?? 0) / 100;
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth);
      if (measured > 0) setCharacter(measured);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return (taken) => (width > 0 ? Math.floor((width - taken) / character) : 80);
}
