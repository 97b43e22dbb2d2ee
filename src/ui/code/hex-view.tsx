import { useVirtualizer } from '@tanstack/react-virtual';
import { type ClipboardEvent, useEffect, useRef } from 'react';
import { useTextScale } from '../browser/text-size';
import { useWidth } from '../browser/use-width';
import { cx } from '../format/cx';
import { useSelectAll } from './use-select-all';

export type HexViewProps = { bytes: Uint8Array; label: string; className?: string | undefined };

const ROW_PX = 20;
/** Narrower views have 8 bytes a row instead of 16. */
const NARROW_PX = 580;

/** Bytes as offset, hex and ASCII; only visible rows are in the page. Ctrl A and copy yield the whole dump. */
export function HexView({ bytes, label, className }: HexViewProps) {
  'use no memo';
  const scroller = useRef<HTMLDivElement>(null);
  const scale = useTextScale();
  const rowPx = ROW_PX * scale;
  const perRow = useWidth(scroller) < NARROW_PX * scale ? 8 : 16;
  const { isAll, handlers } = useSelectAll(() => scroller.current);
  const count = Math.ceil(bytes.length / perRow);
  // oxlint-disable-next-line react/incompatible-library -- the compiler skips this component
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 20,
  });

  useEffect(() => virtualizer.measure(), [virtualizer, rowPx]);

  function copy(event: ClipboardEvent) {
    if (!isAll.current) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', hexDump(bytes));
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- selecting and copying, as in any text
    <div
      ref={scroller}
      role="region"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling box must be reachable by keyboard
      tabIndex={0}
      {...handlers}
      onCopy={copy}
      className={cx('relative min-h-0 overflow-auto py-1 font-mono text-12/5 -outline-offset-2!', className)}
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize(), minWidth: `${perRow * 4 + 14}ch` }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const { offset, hex, ascii } = hexRow(bytes, index * perRow, perRow);
          return (
            <div key={index} className="absolute left-0 flex h-5 gap-4 px-3 whitespace-pre" style={{ top: start }}>
              <span className="text-text-3">{offset}</span>
              <span>{hex}</span>
              <span className="text-syn-str">{ascii}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f;

/** One row of a dump, padded so that columns line up: `00000010`, `08 bb c7 …`, `.A..`. */
function hexRow(bytes: Uint8Array, from: number, perRow: number) {
  const row = Array.from(bytes.subarray(from, from + perRow));
  return {
    offset: from.toString(16).padStart(8, '0'),
    hex: row
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(' ')
      .padEnd(perRow * 3 - 1),
    ascii: row.map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '.')).join(''),
  };
}

/** The dump as text, 16 bytes a line. */
export const hexDump = (bytes: Uint8Array) =>
  Array.from({ length: Math.ceil(bytes.length / 16) }, (_, index) => {
    const { offset, hex, ascii } = hexRow(bytes, index * 16, 16);
    return `${offset}  ${hex}  ${ascii}`;
  }).join('\n');
