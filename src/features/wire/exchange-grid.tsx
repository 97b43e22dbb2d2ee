import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { LoggedExchange } from '@/state/activity/request-log';
import { usePreference } from '@/state/settings/preferences';
import { cx } from '@/ui/format/cx';

type Props = {
  exchanges: readonly LoggedExchange[];
  /** Id of the exchange whose details are shown. */
  open: string | undefined;
  onOpen: (id: string) => void;
  /** Px, the same for every row so that the scrollbar is exact. */
  rowHeight: number;
  /** The cells of a row, each a `gridcell`. */
  renderCells: (exchange: LoggedExchange) => ReactNode;
  rowClassName: string;
};

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const LETTERS: Record<string, number> = { ...STEPS, j: 1, k: -1 };

/** The wire log as a grid with one tab stop: the focused row is the open one. New rows do not move what is being read. */
export function ExchangeGrid({ exchanges, open, onOpen, rowHeight, renderCells, rowClassName }: Props) {
  'use no memo';
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const steps = usePreference('singleKeys') ? LETTERS : STEPS;
  // oxlint-disable-next-line react/incompatible-library -- hence 'use no memo'
  const virtual = useVirtualizer({
    count: exchanges.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => exchanges[index]?.id ?? index,
    overscan: 10,
  });
  const rows = virtual.getVirtualItems();
  useScrollAnchor(scroller, exchanges, rowHeight);
  const openAt = exchanges.findIndex((exchange) => exchange.id === open);

  useEffect(() => {
    // A row from the address may be far down.
    if (open !== undefined && openAt >= 0) virtual.scrollToIndex(openAt, { align: 'auto' });
  }, [open]); // eslint-disable-line react/exhaustive-deps -- only opening scrolls, not what arrives later

  function move(event: KeyboardEvent) {
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = Math.min(exchanges.length - 1, Math.max(0, openAt < 0 ? 0 : openAt + step));
    const exchange = exchanges[to];
    if (exchange) onOpen(exchange.id);
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Wire log"
      aria-rowcount={exchanges.length}
      aria-activedescendant={rows.some(({ index }) => index === openAt) ? `${id}-${open}` : undefined}
      tabIndex={0}
      onKeyDown={move}
      className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain -outline-offset-2"
    >
      <div role="rowgroup" className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const exchange = exchanges[index];
          if (!exchange) return null;
          const selected = exchange.id === open;
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid itself has the keys
            <div
              key={exchange.id}
              id={`${id}-${exchange.id}`}
              role="row"
              aria-rowindex={index + 1}
              aria-selected={selected}
              tabIndex={-1}
              onClick={() => onOpen(exchange.id)}
              className={cx(
                'absolute inset-x-0 top-0 cursor-default',
                rowClassName,
                selected
                  ? 'bg-selected shadow-[inset_0_0_0_1px_var(--accent-line)] forced-colors:outline-2 forced-colors:-outline-offset-2 forced-colors:outline-[Highlight]'
                  : 'hover:bg-hover',
              )}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            >
              {renderCells(exchange)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Keeps the rows on screen in place when new ones arrive above, unless the newest are in sight. */
function useScrollAnchor(
  scroller: { current: HTMLElement | null },
  exchanges: readonly LoggedExchange[],
  rowHeight: number,
) {
  const first = useRef(exchanges[0]?.id);
  useLayoutEffect(() => {
    const added = exchanges.findIndex((exchange) => exchange.id === first.current);
    first.current = exchanges[0]?.id;
    if (scroller.current && scroller.current.scrollTop > 0 && added > 0)
      scroller.current.scrollBy(0, added * rowHeight);
  }, [exchanges, rowHeight, scroller]);
}
