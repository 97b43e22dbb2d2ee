import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import { headStops } from './grid-head';
import { rowForKey } from './row-keys';
import { rowsInSight } from './rows-in-sight';
import { type Anchor, extended, toggled } from './selection';
import type { Cursor } from './use-cursor';

type Options = {
  /** Keys of the rows, in their order. */
  keys: readonly string[];
  cursor: Cursor;
  rowHeight: number;
  /** Height of the sticky head in px. */
  head: number;
  selected: ReadonlySet<string>;
  onSelectedChange: ((selected: ReadonlySet<string>) => void) | undefined;
  onActiveChange: ((key: string) => void) | undefined;
  onOpen: ((key: string) => void) | undefined;
  letterKeys: boolean;
  /** True when a press on a row checks it instead of opening it. */
  pressSelects: boolean;
};

/** Keys and clicks of a grid: move, check, extend, open. The grid handles them, its rows have no handlers. */
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

  /** Toggles a row and makes it the anchor of ranges. */
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
    // Buttons inside of rows and the head handle their own keys.
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
      page: Math.floor(rowsInSight(event.currentTarget, head).height / rowHeight),
      letterKeys: letterKeys && !event.shiftKey,
    });
    if (to !== undefined) {
      goTo(to, event.shiftKey);
      // Reading on: the letters open what they go to.
      const opened = /^[jk]$/.test(event.key) ? keys[to] : undefined;
      if (opened !== undefined) onOpen?.(opened);
    } else if (event.key === ' ' && key !== undefined && onSelectedChange) toggle(at);
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
      // A click on the label is followed by one on the box, which counts.
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
