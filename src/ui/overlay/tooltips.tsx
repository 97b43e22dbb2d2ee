import { Tooltip as Base } from '@base-ui/react/tooltip';
import { useEffect, useState } from 'react';
import { Kbd } from '../controls/button';

/** Ms that the pointer rests on an element before its tooltip opens. */
const OPENS_AFTER_MS = 450;
/** Ms in which the next one opens at once, and in which the pointer may go from an element to its tooltip. */
const STAYS_MS = 200;

type Tip = { anchor: HTMLElement; label: string; keys: string | undefined };

/** The tooltip of whatever names one (`controls/button.tsx`) and is under the pointer, or has the focus by keyboard. */
export function Tooltips() {
  const [tip, setTip] = useState<Tip>();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(
    () =>
      watchTips((next) => {
        setIsOpen(next !== undefined);
        // What is closing keeps its words.
        if (next) setTip(next);
      }),
    [],
  );
  if (!tip) return null;
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open, change) => {
        if (!open) setIsOpen(false);
        // Esc closes the tooltip and, with the same press, the dialog or pane it was in.
        if (change.reason === 'escape-key') change.allowPropagation();
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={tip.anchor} sideOffset={6} className="z-60">
          {/* Hidden, since it repeats the name of its element. */}
          <Base.Popup
            data-tooltip
            aria-hidden="true"
            className="flex max-w-80 items-center gap-2 rounded-6 bg-ink px-2 py-1 text-12 text-on-ink shadow-2 transition-opacity duration-(--t-base) data-ending-style:opacity-0 data-instant:duration-0 data-starting-style:opacity-0"
          >
            {tip.label}
            {tip.keys && <Kbd className="border-current/40! bg-transparent! text-inherit!">{tip.keys}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const anchorOf = (target: EventTarget | null) =>
  (target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null) ?? undefined;

/** Calls `show` with the tooltip that is to be seen from now on, and with undefined for none; returns a function that ends that. */
function watchTips(show: (tip: Tip | undefined) => void): () => void {
  let anchor: HTMLElement | undefined;
  let wanted: HTMLElement | undefined;
  /** Pressed, so that it shows none until the pointer has left it. */
  let pressed: HTMLElement | undefined;
  let closedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const words = new MutationObserver(() => (anchor?.isConnected && anchor.dataset['tip'] ? draw(anchor) : close()));

  function draw(of: HTMLElement) {
    const { tip: label = '', tipKeys: keys } = of.dataset;
    show({ anchor: of, label, keys });
  }
  function open(next: HTMLElement) {
    clearTimeout(timer);
    wanted = undefined;
    if (anchor === undefined)
      words.observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-tip', 'data-tip-keys'] });
    anchor = next;
    draw(next);
  }
  function close() {
    clearTimeout(timer);
    wanted = undefined;
    if (anchor === undefined) return;
    closedAt = performance.now();
    anchor = undefined;
    words.disconnect();
    show(undefined);
  }
  function point(target: EventTarget | null) {
    if (target instanceof Element && target.closest('[data-tooltip]')) return clearTimeout(timer);
    const next = anchorOf(target);
    if (next !== pressed) pressed = undefined;
    if (next === anchor || (next && next === pressed)) return clearTimeout(timer);
    if (next && next === wanted) return undefined;
    clearTimeout(timer);
    wanted = next;
    if (!next) timer = setTimeout(close, STAYS_MS);
    else if (anchor || performance.now() - closedAt < STAYS_MS) open(next);
    else timer = setTimeout(open, OPENS_AFTER_MS, next);
    return undefined;
  }

  const ends = new AbortController();
  const on = <Name extends keyof DocumentEventMap>(name: Name, listener: (event: DocumentEventMap[Name]) => void) =>
    document.addEventListener(name, listener, { signal: ends.signal, capture: true, passive: true });
  on('pointerover', ({ pointerType, target }) => pointerType !== 'touch' && point(target));
  on('pointerout', ({ pointerType, relatedTarget }) => pointerType !== 'touch' && !relatedTarget && point(null));
  on('focusin', ({ target }) => {
    const next = anchorOf(target);
    if (next && next === target && next.matches(':focus-visible')) open(next);
  });
  on('focusout', ({ target }) => target === anchor && close());
  const press = ({ target }: Event) => {
    pressed = anchorOf(target);
    close();
  };
  on('pointerdown', press);
  on('click', press);
  on('keydown', ({ key }) => key === 'Escape' && close());

  // What is under the pointer, or has the focus, since before this was loaded.
  const focused = document.activeElement;
  if (focused?.matches('[data-tip]:focus-visible')) open(focused as HTMLElement);
  else point([...document.querySelectorAll('[data-tip]:hover')].at(-1) ?? null);
  return () => {
    ends.abort();
    close();
  };
}
