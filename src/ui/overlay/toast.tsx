import { Toast as Base } from '@base-ui/react/toast';
import { Check, CircleAlert, TriangleAlert, X } from 'lucide-react';
import {
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Button, IconButton } from '../controls/button';
import { cx } from '../format/cx';
import { placeToasts } from './toast-place';
import {
  actOnToast,
  dismissToast,
  MOST_TOASTS,
  receiveToasts,
  type ShownToast,
  TOAST_STYLE,
  type ToastTone,
  toastManager,
  useStandingNote,
} from './toast-store';

const icons: Record<ToastTone, ReactNode> = {
  default: null,
  success: <Check className="text-accent" />,
  warn: <TriangleAlert className="text-warn" />,
  danger: <CircleAlert className="text-danger" />,
};

/**
 * The stack of toasts at the bottom left of `<main>`, clear of its feet and menus, newest last, with the standing note below. Mounted once by the app. Hover
 * or focus pauses the timers of toasts.
 */
export function Toasts() {
  // The provider listens from its own effect on, which runs before this one.
  useEffect(receiveToasts, []);
  return (
    <Base.Provider toastManager={toastManager} limit={MOST_TOASTS}>
      <Stack />
    </Base.Provider>
  );
}

function Stack() {
  const { toasts } = Base.useToastManager<ShownToast>();
  const standing = useStandingNote();
  const stack = useRef<HTMLDivElement>(null);
  const { isClear, ...place } = useClearPlace(stack, toasts.length > 0 || standing !== undefined);
  return (
    <Base.Viewport
      ref={stack}
      // No portal: mounted before any dialog, it is not covered by dialogs.
      // Each toast is a live region of its own; in one they would be said twice.
      aria-live="off"
      className={cx(
        // Below a menu that leaves no room beside it.
        isClear ? 'z-50' : 'z-40',
        'pointer-events-none fixed grid w-85 max-w-[calc(100vw-24px)] gap-2 outline-none max-desk:w-[calc(100vw-24px)]',
      )}
      style={place}
    >
      {toasts.toReversed().map((one) => one.data && <Toast key={one.id} toast={one} shown={one.data} />)}
      {standing && (
        // Does not pause the timers of the toasts.
        <div className="contents" onFocus={stop} onBlur={stop}>
          {standing.content}
        </div>
      )}
    </Base.Viewport>
  );
}

const stop = (event: SyntheticEvent) => event.stopPropagation();

function Toast({ toast, shown }: { toast: Base.Root.ToastObject; shown: ShownToast }) {
  const { title, detail, tone, icon, action, said } = shown;
  return (
    <Base.Root
      toast={toast}
      swipeDirection={['left', 'down']}
      // A status, not the dialog that Base UI makes of it, which would disable shortcuts.
      role={tone === 'danger' ? 'alert' : 'status'}
      aria-modal={undefined}
      tabIndex={-1}
      className={cx(
        TOAST_STYLE,
        'transition duration-(--t-base) data-ending-style:opacity-0 data-starting-style:translate-y-1 data-starting-style:opacity-0 [&>.lucide]:flex-none',
      )}
      render={(props) => (
        <div {...props}>
          {icon ?? icons[tone]}
          <div className="min-w-0 flex-1 py-0.5">
            {said !== undefined && <span className="sr-only">{said} </span>}
            <div className="text-pretty">{title}</div>
            {detail && <div className="text-12 text-pretty text-text-2">{detail}</div>}
          </div>
          {/* One that leaves offers nothing more. */}
          {action && toast.transitionStatus !== 'ending' && (
            <Button size="sm" kbd={action.kbd} onClick={() => actOnToast(shown)}>
              {shown.folded ? `${action.label} the last` : action.label}
            </Button>
          )}
          {/* Base UI's close button is hidden from assistive technology until hovered. */}
          <IconButton size="sm" label="Dismiss" icon={<X />} onClick={() => dismissToast(toast.id)} />
        </div>
      )}
    />
  );
}

/**
 * What toasts do not lie over: the foot of a list, a dialog or a pane, an open menu, a list with its field, what a key gave the
 * focus, and what else says so.
 */
const OBSTACLES =
  'main footer, [role=dialog] footer, [role=alertdialog] footer, [role=menu], [role=listbox], [role=combobox][aria-expanded=true], [data-keep-clear], :is(a, button, input, select, textarea, label):is(:focus-visible, :has(> :focus-visible))';

/** After these something may be elsewhere. */
const MOVES = ['focusin', 'transitionend', 'animationend'] as const;

/** Position of the toasts in px from the left and the bottom of the window, see `placeToasts`; measured anew as the page changes. */
function useClearPlace(stack: RefObject<HTMLElement | null>, watched: boolean) {
  const [place, setPlace] = useState({ left: 16, bottom: 12, isClear: true });
  useLayoutEffect(() => {
    const element = stack.current;
    const main = document.querySelector('main');
    if (!watched || !main || !element) return undefined;
    let frame: number | undefined;
    const measure = () => {
      frame = undefined;
      const { width, height } = element.getBoundingClientRect();
      const obstacles = [...document.querySelectorAll(OBSTACLES)]
        .filter((one) => one.checkVisibility())
        .map((one) => one.getBoundingClientRect());
      const next = placeToasts(
        { width: innerWidth, height: innerHeight },
        main.getBoundingClientRect(),
        { width, height },
        obstacles,
      );
      setPlace((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
    };
    const later = () => void (frame ??= requestAnimationFrame(measure));
    measure();
    const resizes = new ResizeObserver(later);
    for (const one of [main, element]) resizes.observe(one);
    // Panes, dialogs and menus come and go without a resize, and get their place after they came.
    for (const kind of MOVES) addEventListener(kind, later);
    const changes = new MutationObserver(later);
    changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['style'] });
    addEventListener('scroll', later, { capture: true, passive: true });
    return () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      resizes.disconnect();
      changes.disconnect();
      for (const kind of MOVES) removeEventListener(kind, later);
      removeEventListener('scroll', later, { capture: true });
    };
  }, [stack, watched]);
  return place;
}
