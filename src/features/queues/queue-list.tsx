import { defaultRangeExtractor, observeElementOffset, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ComponentType, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { runAction } from '@/actions/action';
import { connectionActions } from '@/actions/connection-actions';
import type { Account } from '@/azure/protocol/model';
import { useLiveInterval } from '@/queries/live';
import { liveCostText, pacedInterval } from '@/queries/live-cost';
import { latestSample } from '@/state/activity/queue-counts';
import { useTextScale } from '@/ui/browser/text-size';
import { scrollerOf, useMedia } from '@/ui/browser/use-media';
import { useDeviceNowAs } from '@/ui/browser/use-now';
import { rowsAbove } from '@/ui/grid/rows-in-sight';
import { count } from '@/words/counts';
import { duration } from '@/words/times';
import type { QueueRow } from './arrange-queues';
import { QueueLine } from './queue-line';

/** Height of a row, without the gap below it. */
const ROW_HEIGHTS_PX = { context: 28, phone: 44 };
const GAP_PX = 1;
const PAGE = 10;

export type AfterQueue = { account: Account; name: string; tabIndex: 0 | -1 };

type QueueListProps = {
  account: Account;
  rows: readonly QueueRow[];
  current: string | undefined;
  onOpen?: (() => void) | undefined;
  /** What narrows the list. */
  filter?: string | undefined;
  /** The progress of counting all queues, when sorting needs it. */
  progress?: { done: number; of: number } | undefined;
  /** Accessible name of the list, where it has one. */
  label?: string;
  /** What stands after a queue; `tabIndex` keeps the list one tab stop. */
  After?: ComponentType<AfterQueue> | undefined;
};

/** The queues as links. Only those on screen are in the document, and each polls its count. */
export function QueueList({ account, rows, current, onOpen, filter, progress, label, After }: QueueListProps) {
  // The virtualizer mutates itself, which the compiler does not see.
  'use no memo';
  const scroller = useRef<HTMLDivElement>(null);
  const interval = useLiveInterval(account.id);
  const isTouched = useMedia('(width < 760px), (pointer: coarse)');
  const height = Math.round((isTouched ? ROW_HEIGHTS_PX.phone : ROW_HEIGHTS_PX.context) * useTextScale()) + GAP_PX;
  const [focused, setFocused] = useState<string>();
  const stop = Math.max(0, indexOf(rows, focused) ?? indexOf(rows, current) ?? 0);

  // oxlint-disable-next-line react/incompatible-library -- Left alone by the compiler, see above.
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current && scrollerOf(scroller.current).scroller,
    observeElementOffset: (of, tell) =>
      observeElementOffset(of, (_, isScrolling) => tell(rowsAbove(scroller.current), isScrolling)),
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.name ?? index,
    overscan: 10,
    // Keeps the tab stop in the document, so that scrolling does not lose the focus.
    rangeExtractor: (range: Range) => withIndex(defaultRangeExtractor(range), stop),
    initialOffset: () => Math.max(0, stop * height - 4 * height),
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  const at = indexOf(rows, current);
  useEffect(() => {
    // Whatever opened the queue, and whatever narrows the list: the current one is in sight.
    if (at !== undefined) virtualizer.scrollToIndex(at);
    // oxlint-disable-next-line react/exhaustive-deps -- a list that grows by itself stays where it is
  }, [current, at === undefined, filter]);
  const items = virtualizer.getVirtualItems();
  const paced = pacedInterval(interval, items.length);

  function onKeyDown(event: KeyboardEvent) {
    const to = destination(event.key, stop, rows.length);
    const row = to === undefined ? undefined : rows[to];
    // The commands of the message screen listen for the same keys on the window.
    if (row || event.key === 'Enter') event.stopPropagation();
    if (!row || to === undefined || !(event.target instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    flushSync(() => setFocused(row.name));
    const link = scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"] a`);
    link?.scrollIntoView({ block: 'nearest' });
    link?.focus({ preventScroll: true });
  }

  return (
    <>
      <div
        role="presentation"
        ref={scroller}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-auto px-2 short:flex-none short:in-[main]:overflow-visible"
      >
        <ul
          aria-label={label ?? 'Queues'}
          // oxlint-disable-next-line jsx-a11y/role-supports-aria-props -- Global since ARIA 1.3, and read out.
          aria-description="The arrow keys move between queues"
          className="relative"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <li
                  key={row.name}
                  data-index={index}
                  aria-setsize={rows.length}
                  aria-posinset={index + 1}
                  className="absolute inset-x-0 top-0 flex items-center"
                  style={{ height: height - GAP_PX, transform: `translateY(${start}px)` }}
                >
                  <QueueLine
                    account={account}
                    row={row}
                    isCurrent={row.name === current}
                    isTabStop={index === stop}
                    onFocus={() => setFocused(row.name)}
                    onOpen={onOpen}
                    interval={paced}
                    isScrolling={virtualizer.isScrolling}
                  />
                  {After && <After account={account} name={row.name} tabIndex={index === stop ? 0 : -1} />}
                </li>
              )
            );
          })}
        </ul>
      </div>
      <CountsAge
        cost={liveCostText(interval, items.length)}
        account={account}
        queues={items.flatMap(({ index }) => rows[index]?.name ?? [])}
        progress={progress}
      />
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
  const to: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + PAGE,
    PageUp: index - PAGE,
    Home: 0,
    End: last,
  };
  return key in to ? Math.min(last, Math.max(0, to[key] ?? 0)) : undefined;
}

type CountsAgeProps = {
  /** What Live costs while it is on. */
  cost: string | undefined;
  account: Account;
  /** The queues on screen. */
  queues: readonly string[];
  progress: { done: number; of: number } | undefined;
};

/** How old the oldest count on screen is, or how far counting got. */
function CountsAge({ cost, account, queues, progress }: CountsAgeProps) {
  const isHidden = useDeviceNowAs(() => areHidden(account, queues));
  const age = useDeviceNowAs((now) => ageText(account, queues, now));
  return (
    <div className="flex h-7 flex-none items-center border-t border-line px-4 text-11 text-text-3">
      {!progress && isHidden ? (
        <button
          type="button"
          className="truncate underline underline-offset-2 hover:text-text"
          onClick={() => runAction(connectionActions.check, { connectionId: account.id })}
        >
          Counts are hidden by the CORS rules
        </button>
      ) : (
        <span className="truncate" title={cost && `Live counts these queues with ${cost}, at most ten a second.`}>
          {progress
            ? `Counting, ${count(progress.done)} of ${count(progress.of)}`
            : cost && queues.length > 1
              ? `≈ counts, live: ${cost}`
              : age}
        </span>
      )}
    </div>
  );
}

const samplesOf = (account: Account, queues: readonly string[]) =>
  queues.map((queue) => latestSample(account.id, queue)).filter((sample) => sample !== undefined);

function areHidden(account: Account, queues: readonly string[]): boolean {
  const samples = samplesOf(account, queues);
  return samples.length > 0 && samples.every((sample) => sample.count === undefined);
}

function ageText(account: Account, queues: readonly string[], now: number): string {
  const samples = samplesOf(account, queues);
  if (queues.length === 0) return '';
  if (samples.length === 0) return 'Counting';
  const oldest = Math.min(...samples.map(({ at }) => at));
  return `Counts are approximate, ${duration(Math.max(0, now - oldest))} old`;
}
