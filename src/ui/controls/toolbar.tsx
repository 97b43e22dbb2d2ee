import { type ComponentProps, type KeyboardEvent, useLayoutEffect, useRef } from 'react';

const STOP = ':is(button, a[href], [role=radio], [role=switch]):not(:disabled)';

/** Its controls, and which of them Tab reaches: the last that had the focus, or the first, also where that arrives after others. */
function stopsOf(bar: HTMLElement | null, wanted?: EventTarget) {
  const stops = [...(bar?.querySelectorAll<HTMLElement>(STOP) ?? [])];
  const at = Math.max(
    0,
    stops.findIndex((one) => one === wanted || (wanted === undefined && one.dataset['stop'] !== undefined)),
  );
  for (const [index, one] of stops.entries()) {
    one.tabIndex = index === at ? 0 : -1;
    if (index !== at) delete one.dataset['stop'];
    else if (wanted !== undefined) one.dataset['stop'] = '';
  }
  return { stops, at };
}

/** Buttons that are one tab stop: ← and → move among them, Home and End to the ends (WAI-ARIA toolbar pattern). */
export function Toolbar({ label, ...props }: Omit<ComponentProps<'div'>, 'role'> & { label: string }) {
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    stopsOf(bar.current);
  });
  function move(event: KeyboardEvent) {
    const { target, key } = event;
    // A menu of one of the buttons is no part of it.
    if (!(target instanceof Element) || !bar.current?.contains(target) || event.altKey || event.ctrlKey) return;
    const { stops, at } = stopsOf(bar.current, target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    stops.at(to % stops.length)?.focus();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- one of its buttons has the focus
    <div
      ref={bar}
      {...props}
      role="toolbar"
      aria-label={label}
      onKeyDown={move}
      onFocus={({ target }) => stopsOf(bar.current, target)}
    />
  );
}
