const DIALOG = '[role=dialog], [role=alertdialog]';
/** Panes beside main, in which the focus stays. */
const LANDMARK = 'aside, nav, section, header, footer';
const FOCUSABLE =
  ':is(a[href], button, input, select, textarea, [tabindex="0"]):not(:disabled, [tabindex="-1"], [data-base-ui-focus-guard])';
const FIELD = ':is(input, select, textarea, [contenteditable=true]):not(:disabled, [tabindex="-1"])';
/** Frames in which a closing dialog or menu can restore the focus itself. */
const FRAMES = 2;

/** Of what has the focus since before this was loaded. */
function focusedPath(): Element[] {
  const focused = document.activeElement;
  return focused === null || focused === document.body ? [] : [...ancestors(focused)];
}

/**
 * When the focused element is removed and no other gets the focus, focuses the nearest sensible element, so that the keyboard
 * does not start at the top of the page: in the open dialog, the pane it was in, the rows in main, or main.
 * @returns a function that ends it
 */
export function restoreLostFocus(): () => void {
  /** The focused element and its ancestors, innermost first. */
  let path: readonly Element[] = focusedPath();
  let waiting = 0;
  /** True while main has the focus because there are no rows yet. */
  let wantsRows = false;

  function recordPath({ target }: FocusEvent) {
    wantsRows = false;
    path = target instanceof Element ? [...ancestors(target)] : [];
  }
  /** Checks after removals: a click on no control also blurs, but leaves the element in the page. */
  function checkLater({ target, relatedTarget }: FocusEvent) {
    if (relatedTarget !== null) return;
    wantsRows = false;
    queueMicrotask(() => {
      const [last] = path;
      if (!last || last !== target || !document.hasFocus()) return;
      if (isFocusable(last) && last.checkVisibility()) path = [];
      else wait();
    });
  }
  function check() {
    if (wantsRows && document.activeElement?.matches('main'))
      rowsIn(document.querySelector('main'))?.focus({ preventScroll: true });
    const [last] = path;
    if (last && !isFocusable(last)) wait();
  }
  function wait() {
    if (waiting !== 0) return;
    let frames = FRAMES;
    const next = () => {
      waiting = 0;
      if (hasFocus()) return;
      if (--frames > 0) waiting = requestAnimationFrame(next);
      else moveFocus();
    };
    waiting = requestAnimationFrame(next);
  }

  function moveFocus() {
    const to = focusTarget(path);
    // Not tried again when no element can have it.
    path = [];
    to?.focus({ preventScroll: true });
    wantsRows = to?.matches('main') ?? false;
  }

  const changes = new MutationObserver(check);
  changes.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden', 'inert'],
  });
  // Capturing, since handlers may stop propagation.
  document.addEventListener('focusin', recordPath, true);
  document.addEventListener('focusout', checkLater, true);
  return () => {
    changes.disconnect();
    cancelAnimationFrame(waiting);
    document.removeEventListener('focusin', recordPath, true);
    document.removeEventListener('focusout', checkLater, true);
  };
}

const hasFocus = () => document.activeElement !== null && document.activeElement !== document.body;

/** True when the element can still have the focus. */
const isFocusable = (element: Element) =>
  element.isConnected && !element.matches(':disabled') && !element.closest('[inert]');

function* ancestors(element: Element): Generator<Element> {
  for (let at: Element | null = element; at; at = at.parentElement) yield at;
}

/** The element to focus after `path` lost it. */
function focusTarget(path: readonly Element[]): HTMLElement | undefined {
  const dialog = [...document.querySelectorAll<HTMLElement>(DIALOG)].findLast(isInSight);
  if (dialog) return firstIn(dialog, FIELD) ?? dialog;
  const main = document.querySelector<HTMLElement>('main');
  const remaining = path.find((element) => element.isConnected);
  const pane = remaining?.closest<HTMLElement>(main?.contains(remaining) ? 'aside' : LANDMARK);
  if (!pane || !isInSight(pane)) return rowsIn(main);
  // A focusable pane gets the focus itself.
  return pane.hasAttribute('tabindex') ? pane : (firstIn(pane, FOCUSABLE) ?? rowsIn(main));
}

const rowsIn = (main: HTMLElement | null): HTMLElement | undefined => {
  if (!main) return undefined;
  const grid = [...main.querySelectorAll<HTMLElement>('[role=grid]')].find(isInSight);
  if (!grid && !main.hasAttribute('tabindex')) main.tabIndex = -1;
  return grid ?? main;
};

const firstIn = (container: HTMLElement, selector: string) =>
  [...container.querySelectorAll<HTMLElement>(selector)].find(isInSight);

const isInSight = (element: HTMLElement) => element.checkVisibility({ visibilityProperty: true });
