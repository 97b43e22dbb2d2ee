import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Account } from '@/azure/protocol/model';
import { useLiveInterval } from '@/queries/live';
import { useIsPhone } from '@/ui/browser/use-media';
import type { QueueRow } from './arrange-queues';
import { CountsAge } from './counts-age';
import { QueueLine } from './queue-line';

/** Height of a row and the gap below it, in px. */
const ROW = { context: 28, phone: 44 };
const GAP_PX = 1;
const PAGE = 10;

type QueueListProps = {
  account: Account;
  rows: readonly QueueRow[];
  current: string | undefined;
  onOpen?: (() => void) | undefined;
  /** What is being counted behind the scenes, when sorting needs every count. */
  progress?: { done: number; of: number } | undefined;
};

/** The queues as links, only those on screen in the document, each asking for its count while it is there. */
export function QueueList({ account, rows, current, onOpen, progress }: QueueListProps) {
  // The virtualizer changes in place, which the compiler would not see.
  'use no memo';
  const scroller = useRef<HTMLDivElement>(null);
  const interval = useLiveInterval();
  const isPhone = useIsPhone();
  const height = (isPhone ? ROW.phone : ROW.context) + GAP_PX;
  const [focused, setFocused] = useState<string>();
  const stop = Math.max(0, indexOf(rows, focused) ?? indexOf(rows, current) ?? 0);

  // oxlint-disable-next-line react/incompatible-library -- Left alone by the compiler, see above.
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.name ?? index,
    overscan: 10,
    // The tab stop stays in the document, or focus would be lost by scrolling.
    rangeExtractor: (range: Range) => withIndex(defaultRangeExtractor(range), stop),
    initialOffset: () => Math.max(0, stop * height - 4 * height),
  });
  const items = virtualizer.getVirtualItems();

  function onKeyDown(event: KeyboardEvent) {
    const to = destination(event.key, stop, rows.length);
    const row = to === undefined ? undefined : rows[to];
    // The grid of messages listens to the same keys on the window.
    if (row || event.key === 'Enter') event.stopPropagation();
    if (!row || to === undefined || !(event.target instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    flushSync(() => setFocused(row.name));
    virtualizer.scrollToIndex(to);
    scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"] a`)?.focus({ preventScroll: true });
  }

  return (
    <>
      <div role="presentation" ref={scroller} onKeyDown={onKeyDown} className="min-h-0 flex-1 overflow-auto px-2">
        <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <li
                  key={row.name}
                  data-index={index}
                  aria-setsize={rows.length}
                  aria-posinset={index + 1}
                  className="absolute inset-x-0 top-0"
                  style={{ height: height - GAP_PX, transform: `translateY(${start}px)` }}
                >
                  <QueueLine
                    account={account}
                    row={row}
                    isCurrent={row.name === current}
                    isTabStop={index === stop}
                    onFocus={() => setFocused(row.name)}
                    onOpen={onOpen}
                    interval={interval}
                    isScrolling={virtualizer.isScrolling}
                  />
                </li>
              )
            );
          })}
        </ul>
      </div>
      <CountsAge account={account} queues={items.flatMap(({ index }) => rows[index]?.name ?? [])} progress={progress} />
    </>
  );
}

function indexOf(rows: readonly QueueRow[], name: string | undefined) {
  const index = name === undefined ? -1 : rows.findIndex((row) => row.name === name);
  return index < 0 ? undefined : index;
}

const withIndex = (indexes: number[], index: number) =>
  indexes.includes(index) ? indexes : [...indexes, index].toSorted((one, other) => one - other);

/** The index a key moves to from `index`, among `length` rows; undefined for a key that does not move. */
function destination(key: string, index: number, length: number): number | undefined {
  const last = length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(last, index + PAGE);
    case 'PageUp':
      return Math.max(0, index - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
