import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import { headStops } from './grid-head';
import { rowForKey } from './row-keys';
import { type Anchor, extended, toggled } from './selection';
import type { Cursor } from './use-cursor';

type Options = {
  /** Of the rows, in the order shown. */
  keys: readonly string[];
  cursor: Cursor;
  rowHeight: number;
  /** Px the sticky head covers. */
  head: number;
  selected: ReadonlySet<string>;
  onSelectedChange: ((selected: ReadonlySet<string>) => void) | undefined;
  onActiveChange: ((key: string) => void) | undefined;
  onOpen: ((key: string) => void) | undefined;
  letterKeys: boolean;
  /** A press on a row checks it, rather than opening it. */
  pressSelects: boolean;
};

/** What keys and clicks do in a grid: move, check, extend, open. The grid hears them all, its rows none. */
export function useGridInput({
  keys,
  cursor,
  rowHeight,
  head,
  selected,
  onSelectedChange,
  onActiveChange,
  onOpen,
  letterKeys,
  pressSelects,
}: Options) {
  const anchor = useRef<Anchor>(undefined);
  const { at, key } = cursor;

  function goTo(index: number, extend: boolean) {
    const to = keys[index];
    if (to === undefined) return;
    if (extend && onSelectedChange) {
      anchor.current ??= { key: key ?? to, before: selected };
      onSelectedChange(extended(keys, anchor.current, index));
    } else anchor.current = undefined;
    cursor.move(index);
    onActiveChange?.(to);
  }

  /** What Shift extends from here on begins at this row. */
  function toggle(index: number) {
    const of = keys[index];
    if (of === undefined || !onSelectedChange) return;
    const next = toggled(selected, of);
    onSelectedChange(next);
    anchor.current = { key: of, before: next };
    cursor.move(index);
  }

  function selectAll(checked: boolean) {
    const loaded = new Set(keys);
    onSelectedChange?.(
      checked ? new Set([...selected, ...keys]) : new Set([...selected].filter((one) => !loaded.has(one))),
    );
  }

  function press(event: KeyboardEvent<HTMLElement>) {
    // Buttons inside of rows and the head keep their own keys.
    if (event.target !== event.currentTarget || event.altKey) return;
    if (!act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function act(event: KeyboardEvent<HTMLElement>): boolean {
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'a' || !onSelectedChange) return false;
      selectAll(true);
      return true;
    }
    if (event.key === 'ArrowUp' && at <= 0 && !event.shiftKey) return enterHead(event.currentTarget);
    const to = rowForKey(event.key, {
      at,
      last: keys.length - 1,
      page: Math.floor((event.currentTarget.clientHeight - head) / rowHeight),
      letterKeys: letterKeys && !event.shiftKey,
    });
    if (to !== undefined) goTo(to, event.shiftKey);
    else if (event.key === ' ' && key !== undefined && onSelectedChange) toggle(at);
    else if (event.key === 'Enter' && key !== undefined) onOpen?.(key);
    else return false;
    return true;
  }

  function click(event: MouseEvent<HTMLElement>) {
    const target = event.target as HTMLElement;
    const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1);
    const clicked = keys[index];
    if (clicked === undefined) return;
    if (target.closest('[data-check]')) {
      // A press on the label clicks the box as well: only that one counts.
      if (target.tagName !== 'INPUT') return;
      if (event.shiftKey) goTo(index, true);
      else toggle(index);
      event.currentTarget.focus({ preventScroll: true });
    } else if (target.closest('button, a, input, select')) {
      return;
    } else if (onSelectedChange && (pressSelects || event.ctrlKey || event.metaKey)) toggle(index);
    else {
      goTo(index, event.shiftKey);
      if (!event.shiftKey) onOpen?.(clicked);
    }
  }

  return { press, click, selectAll };
}

/** Moves the focus to the head's first control, when there is one. */
function enterHead(grid: HTMLElement): boolean {
  const head = grid.querySelector('[role="rowgroup"]');
  const first = head && headStops(head)[0];
  first?.focus();
  return true;
}
