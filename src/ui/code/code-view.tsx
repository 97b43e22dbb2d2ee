import { type ClipboardEvent, useEffect, useState } from 'react';
import { rem, textScale, useTextScale } from '../browser/text-size';
import { cx } from '../format/cx';
import { codeRows, lineStarts, MAX_ROW_COLUMNS } from './code-rows';
import { CodeViewRows, type Stretch } from './code-view-rows';
import type { SourceButton } from './source-pieces';
import { createTokeniser, type Language } from './syntax';
import { useSelectAll } from './use-select-all';

export type CodeViewProps = {
  text: string;
  language: Language;
  /** Breaks lines at the width of the view instead of scrolling sideways. */
  wrap?: boolean | undefined;
  /** The accessible name: "Message body". */
  label: string;
  /** False leaves the line numbers out. */
  numbers?: boolean | undefined;
  className?: string | undefined;
  /** Buttons in the text, ordered by their places. */
  buttons?: readonly SourceButton[] | undefined;
  /** Stretches that are marked as wrong. */
  faults?: readonly Stretch[] | undefined;
};

const NO_BUTTONS: readonly SourceButton[] = [];
const NO_FAULTS: readonly Stretch[] = [];
/** Columns that a button takes. */
const BUTTON_COLUMNS = 4;

const GUTTER_PX = 32;
const PADDING_PX = 12;

/**
 * A read-only text: numbered, coloured, selectable, copied exactly. Only the visible rows are in the page, so that megabytes
 * stay fast. Ctrl A selects this text only; invisible characters are shown by their names.
 */
export function CodeView({
  text,
  language,
  wrap,
  label,
  numbers = true,
  className,
  buttons = NO_BUTTONS,
  faults = NO_FAULTS,
}: CodeViewProps) {
  'use memo';
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const scale = useTextScale();
  const columnsInSight = useColumns(scroller, scale);
  const starts = lineStarts(text);
  const gutter = numbers ? Math.max(GUTTER_PX, String(starts.length).length * 8 + 16) : PADDING_PX;
  const spare = buttons.length > 0 ? BUTTON_COLUMNS : 0;
  const columns = wrap ? Math.max(8, columnsInSight((gutter + PADDING_PX) * scale) - spare) : MAX_ROW_COLUMNS;
  const rows = codeRows(text, starts, columns);
  const widest = wrap ? 0 : rows.reduce((most, row) => Math.max(most, row.end - row.start), 0);
  const tokensOf = createTokeniser(
    (line) => text.slice(starts[line], (starts[line + 1] ?? text.length + 1) - 1),
    language,
  );
  const { isAll, handlers } = useSelectAll(() => scroller);

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
      role="region"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling box must be reachable by keyboard
      tabIndex={0}
      {...handlers}
      onCopy={copy}
      className={cx(
        'relative min-h-0 overflow-auto py-1 font-mono text-12/5 -outline-offset-2! selection:bg-accent-tint',
        className,
      )}
    >
      <CodeViewRows
        scroller={scroller}
        text={text}
        rows={rows}
        starts={starts}
        tokensOf={tokensOf}
        gutter={numbers ? gutter : undefined}
        minWidth={`calc(${rem(gutter + PADDING_PX)} + ${widest + (wrap ? 0 : spare)}ch)`}
        buttons={buttons}
        faults={faults}
      />
    </div>
  );
}

/** Characters of the source from the start of a row's element to a point inside it. */
function charactersBefore(row: Element, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(row, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/**
 * Offsets of the source that a selection covers, from rows with `data-start` and `data-end`, since rows have no line ends and
 * split long lines. Undefined when it touches no row.
 */
function selectedSource(container: Element, selection: Selection | null): [from: number, to: number] | undefined {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const rows = [...container.querySelectorAll('[data-start]')].filter((row) => range.intersectsNode(row));
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return undefined;
  const from = first.contains(range.startContainer)
    ? Number(first.getAttribute('data-start')) + charactersBefore(first, range.startContainer, range.startOffset)
    : Number(first.getAttribute('data-start'));
  const to = last.contains(range.endContainer)
    ? Number(last.getAttribute('data-start')) + charactersBefore(last, range.endContainer, range.endOffset)
    : Number(last.getAttribute('data-end'));
  return to > from ? [from, to] : undefined;
}

/** Returns a function that tells how many characters fit beside `usedPx`; follows the size of the element. */
function useColumns(element: HTMLElement | null, scale: number): (usedPx: number) => number {
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
      if (measured > 0) setCharacter(measured / textScale());
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return (usedPx) => (width > 0 ? Math.floor((width - usedPx) / (character * scale)) : 80);
}
