/** Milliseconds after which nothing more is waited for: a slow service has answered by then, and a person who waits does nothing else. */
const PATIENCE_MS = 30_000;

let latest: AbortController | undefined;

/**
 * Moves the focus to what a key or a choice leads to, as soon as that is on screen. Only the last call counts, and none does once
 * the person presses elsewhere, types into a field or leaves by Tab, F6 or Esc.
 * @param find what gets the focus; undefined while it is not there
 */
export async function focusWhenThere(find: () => HTMLElement | null | undefined): Promise<void> {
  latest?.abort();
  const mine = new AbortController();
  latest = mine;
  const { signal } = mine;
  const leave = (event: Event) => {
    const isTyped = event.target instanceof Element && event.target.matches('input, textarea, select');
    if (!(event instanceof KeyboardEvent) || isTyped || /^(Tab|F6|Escape)$/.test(event.key)) mine.abort();
  };
  // Not for the press or the key that asked for it.
  setTimeout(() => {
    addEventListener('keydown', leave, { capture: true, signal });
    addEventListener('pointerdown', leave, { capture: true, signal });
  });
  const end = performance.now() + PATIENCE_MS;
  let to: HTMLElement | null | undefined;
  do {
    // A dialog that closes gives the focus back before that.
    await new Promise(requestAnimationFrame);
    if (!signal.aborted && !document.querySelector('[role=dialog], [role=alertdialog]')) to = find();
  } while (!to && !signal.aborted && performance.now() < end);
  to?.focus();
  mine.abort();
}

/** The rows that are on screen. */
export const findRows = (): HTMLElement | null => document.querySelector<HTMLElement>('main [role=grid]');

/** Moves the focus to the rows of a queue that is being opened, or to what says why there are none. */
export const focusRowsOf = (queue: string): Promise<void> =>
  focusWhenThere(() => {
    const main = document.querySelector<HTMLElement>('main');
    if (main?.querySelector('h1')?.textContent.includes(queue) !== true) return undefined;
    // Until the rows, or a panel that says why there are none, are drawn, it is waited for.
    return findRows() ?? (main.querySelector('h2') ? main : undefined);
  });
