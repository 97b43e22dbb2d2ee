import { Toast as Base } from '@base-ui/react/toast';
import { Check, CircleAlert, TriangleAlert, X } from 'lucide-react';
import { type ReactNode, type SyntheticEvent, useEffect, useLayoutEffect, useState } from 'react';
import { Button, IconButton } from '../controls/button';
import { cx } from '../format/cx';
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
 * The stack of toasts at the bottom left of `<main>`, newest last, with the standing note below. Mounted once by the app. Hover
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
  const corner = useCornerOfMain(toasts.length > 0 || standing !== undefined);
  return (
    <Base.Viewport
      // No portal: mounted before any dialog, it is not covered by dialogs.
      // Without "text": additions are announced, changes are not.
      aria-relevant="additions"
      className="pointer-events-none fixed z-50 grid w-85 max-w-[calc(100vw-24px)] gap-2 outline-none max-desk:w-[calc(100vw-24px)]"
      style={corner}
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
  const { title, detail, tone, icon, action } = shown;
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
            <div className="text-pretty">{title}</div>
            {detail && <div className="text-12 text-pretty text-text-2">{detail}</div>}
          </div>
          {action && (
            <Button size="sm" kbd={action.kbd} onClick={() => actOnToast(shown)}>
              {action.label}
            </Button>
          )}
          {/* Base UI's close button is hidden from assistive technology until hovered. */}
          <IconButton size="sm" label="Dismiss" icon={<X />} onClick={() => dismissToast(toast.id)} />
        </div>
      )}
    />
  );
}

const MAX_TOAST_WIDTH_PX = 340;

/**
 * Position of toasts in px from the left and the bottom of the window: 16 px (12 on a phone) inside main, which moves with the
 * panes around it, and above the actions of a pane that covers main.
 */
function useCornerOfMain(watched: boolean) {
  const [corner, setCorner] = useState({ left: 16, bottom: 12 });
  useLayoutEffect(() => {
    const main = document.querySelector('main');
    if (!watched || !main) return;
    const measure = () => {
      const box = main.getBoundingClientRect();
      const left = Math.max(0, box.left) + (window.innerWidth < 760 ? 12 : 16);
      const actions = main.querySelector('aside footer')?.getBoundingClientRect();
      const end = actions && actions.left < left + MAX_TOAST_WIDTH_PX ? Math.min(actions.top, box.bottom) : box.bottom;
      const bottom = Math.max(0, window.innerHeight - end) + 12;
      setCorner((old) => (old.left === left && old.bottom === bottom ? old : { left, bottom }));
    };
    measure();
    const resizes = new ResizeObserver(measure);
    resizes.observe(main);
    // A pane that covers main does not resize it.
    const changes = new MutationObserver(measure);
    changes.observe(main, { childList: true, subtree: true });
    return () => {
      resizes.disconnect();
      changes.disconnect();
    };
  }, [watched]);
  return corner;
}
