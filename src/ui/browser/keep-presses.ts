/** Px that a pointer may move between press and release and still stand still. */
const STILL_PX = 4;

type Press = {
  /** What was pressed and all that is around it, from the inside. */
  path: readonly EventTarget[];
  x: number;
  y: number;
};

/**
 * From now on a press counts for what was pressed, though the page moves it away before the release, as a strip that comes above the
 * rows does. A browser then clicks what pressed and released have around them, and that does nothing.
 * @returns a function that ends it
 */
export function keepPresses(): () => void {
  let press: Press | undefined;
  const keep = (event: PointerEvent) => {
    press = { path: event.composedPath(), x: event.clientX, y: event.clientY };
  };
  function give(event: MouseEvent) {
    const meant = press && movedAway(press, event);
    press = undefined;
    if (!meant) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    meant.dispatchEvent(new PointerEvent('click', event));
  }
  addEventListener('pointerdown', keep, { capture: true });
  addEventListener('click', give, { capture: true });
  return () => {
    removeEventListener('pointerdown', keep, { capture: true });
    removeEventListener('click', give, { capture: true });
  };
}

/** What was pressed, if the click is for something around it because it is no longer below the pointer. */
function movedAway({ path, x, y }: Press, click: MouseEvent): Element | undefined {
  // A key clicks without a press, and where the pointer was led away, the person has thought better of it.
  const isStill = Math.hypot(click.clientX - x, click.clientY - y) <= STILL_PX;
  const pressed = path.find((one) => one instanceof Element && one.isConnected) as Element | undefined;
  const clicked = click.composedPath()[0];
  if (click.detail === 0 || !isStill || !pressed || pressed === clicked || !path.includes(clicked as EventTarget))
    return undefined;
  const { left, right, top, bottom } = pressed.getBoundingClientRect();
  // What still is there is covered: something opened over it, which is not for the press.
  return x >= left && x <= right && y >= top && y <= bottom ? undefined : pressed;
}
