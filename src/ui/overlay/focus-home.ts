const DIALOG = '[role=dialog], [role=alertdialog]';
/** What a person works in beside main: there the focus stays when what had it goes. */
const LANDMARK = 'aside, nav, section, header, footer';
const FOCUSABLE =
  ':is(a[href], button, input, select, textarea, [tabindex="0"]):not(:disabled, [tabindex="-1"], [data-base-ui-focus-guard])';
const FIELD = ':is(input, select, textarea, [contenteditable=true]):not(:disabled, [tabindex="-1"])';
/** Frames in which whoever closes a dialog or a menu can give the focus back itself. */
const FRAMES = 2;

/**
 * Whenever what has the focus goes away and nothing takes the focus over, gives it to the nearest sensible place, so that
 * the keyboard never has to begin at the top of the page: the dialog that is open, the pane it was in, the rows in main,
 * main.
 * @returns what ends it
 */
export function keepFocusHome(): () => void {
  /** What has the focus, and all that it lies in, innermost first. */
  let path: readonly Element[] = [];
  let waiting = 0;
  /** Main has it for want of rows, which may come. */
  let wantsRows = false;

  function note({ target }: FocusEvent) {
    wantsRows = false;
    path = target instanceof Element ? [...ancestors(target)] : [];
  }
  /** Whoever presses on nothing wants no focus: what had it still stands. Asked when what goes has gone. */
  function leave({ target, relatedTarget }: FocusEvent) {
    if (relatedTarget !== null) return;
    wantsRows = false;
    queueMicrotask(() => {
      const [last] = path;
      if (!last || last !== target || !document.hasFocus()) return;
      if (isThere(last) && last.checkVisibility()) path = [];
      else wait();
    });
  }
  function look() {
    if (wantsRows && document.activeElement?.matches('main'))
      rowsIn(document.querySelector('main'))?.focus({ preventScroll: true });
    const [last] = path;
    if (last && !isThere(last)) wait();
  }
  function wait() {
    if (waiting !== 0) return;
    let frames = FRAMES;
    const next = () => {
      waiting = 0;
      if (hasFocus()) return;
      if (--frames > 0) waiting = requestAnimationFrame(next);
      else goHome();
    };
    waiting = requestAnimationFrame(next);
  }

  function goHome() {
    const to = home(path);
    // Where nothing can have it, it is not tried again.
    path = [];
    to?.focus({ preventScroll: true });
    wantsRows = to?.matches('main') ?? false;
  }

  const changes = new MutationObserver(look);
  changes.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden', 'inert'],
  });
  // Before anybody stops them on the way.
  document.addEventListener('focusin', note, true);
  document.addEventListener('focusout', leave, true);
  return () => {
    changes.disconnect();
    cancelAnimationFrame(waiting);
    document.removeEventListener('focusin', note, true);
    document.removeEventListener('focusout', leave, true);
  };
}

const hasFocus = () => document.activeElement !== null && document.activeElement !== document.body;

/** Whether it can have the focus still. */
const isThere = (element: Element) =>
  element.isConnected && !element.matches(':disabled') && !element.closest('[inert]');

function* ancestors(element: Element): Generator<Element> {
  for (let at: Element | null = element; at; at = at.parentElement) yield at;
}

/** Where the focus belongs after `path` lost it. */
function home(path: readonly Element[]): HTMLElement | undefined {
  const dialog = [...document.querySelectorAll<HTMLElement>(DIALOG)].findLast(isInSight);
  if (dialog) return firstIn(dialog, FIELD) ?? dialog;
  const main = document.querySelector<HTMLElement>('main');
  const left = path.find((element) => element.isConnected);
  const pane = left?.closest<HTMLElement>(main?.contains(left) ? 'aside' : LANDMARK);
  if (!pane || !isInSight(pane)) return rowsIn(main);
  // A pane that can have the focus itself need not choose among its buttons.
  return pane.hasAttribute('tabindex') ? pane : (firstIn(pane, FOCUSABLE) ?? rowsIn(main));
}

const rowsIn = (main: HTMLElement | null): HTMLElement | undefined => {
  if (!main) return undefined;
  const grid = [...main.querySelectorAll<HTMLElement>('[role=grid]')].find(isInSight);
  if (!grid && !main.hasAttribute('tabindex')) main.tabIndex = -1;
  return grid ?? main;
};

const firstIn = (place: HTMLElement, what: string) => [...place.querySelectorAll<HTMLElement>(what)].find(isInSight);

const isInSight = (element: HTMLElement) => element.checkVisibility({ visibilityProperty: true });
