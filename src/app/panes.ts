const PANES = 'nav, main, aside, section[aria-label="Activity"], [aria-label="Notifications"]';
const TABBABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]';

/** The element of each pane that had the focus last. */
const left = new WeakMap<Element, HTMLElement>();

/** Moves the focus to the next pane on screen (`step` -1: the one before), to the element that had it there last. */
export function focusPane(step: 1 | -1) {
  const panes = [...document.querySelectorAll<HTMLElement>(PANES)].filter((pane) => pane.checkVisibility());
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
  const current = focused?.closest<HTMLElement>(PANES);
  if (current && focused) left.set(current, focused);
  const at = current ? panes.indexOf(current) : step < 0 ? 0 : -1;
  // Skips panes with nothing to focus.
  for (let distance = 1; distance <= panes.length; distance++) {
    const pane = panes.at((at + step * distance + panes.length) % panes.length);
    const target = pane && entry(pane);
    if (target) {
      target.focus();
      return;
    }
  }
}

function entry(pane: HTMLElement) {
  const last = left.get(pane);
  if (last?.isConnected && pane.contains(last)) return last;
  return [...pane.querySelectorAll<HTMLElement>(TABBABLE)].find(
    (one) => one.tabIndex >= 0 && one.checkVisibility() && one.closest(PANES) === pane,
  );
}
