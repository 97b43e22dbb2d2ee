import { Check, CircleAlert, TriangleAlert, X } from 'lucide-react';
import { type FocusEvent, type ReactNode, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { Button, IconButton } from './button';
import { Ring } from './ring';
import {
  dismissToast,
  readToasts,
  subscribeToasts,
  type ToastRecord,
  type ToastTone,
  timeOutToast,
} from './toast-store';

export { dismissToast, newestToastAction, type ToastOptions, toast } from './toast-store';

/*
 * Our own rather than Base UI's Toast (12 KiB): what is asked for, a countdown that shows its seconds, stops while it is
 * looked at and runs the deed when it ends, would be built on top of either.
 */

const icons: Record<ToastTone, ReactNode> = {
  default: null,
  success: <Check className="text-accent" />,
  warn: <TriangleAlert className="text-warn" />,
  danger: <CircleAlert className="text-danger" />,
};

/** The stack at the bottom left of `<main>`, newest below. Mounted once by the app. Hover or focus stops every clock. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToasts, readToasts);
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const corner = useCornerOfMain(toasts.length > 0);
  const leave = (event: FocusEvent) => setFocused(event.currentTarget.contains(event.relatedTarget));
  // When the last one goes, no leave event follows it.
  if (toasts.length === 0 && (hovered || focused)) {
    setHovered(false);
    setFocused(false);
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only watches for attention
    <section
      aria-label="Notifications"
      // A live region also stays outside of what a dialog covers: it can be pressed without closing the dialog.
      aria-live="polite"
      aria-relevant="additions"
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={leave}
      className="pointer-events-none fixed z-50 grid w-85 max-w-[calc(100vw-24px)] gap-2 max-desk:w-[calc(100vw-24px)]"
      style={corner}
    >
      {toasts.map((record) => (
        <Toast key={record.id} record={record} paused={hovered || focused} />
      ))}
    </section>
  );
}

function Toast({ record, paused }: { record: ToastRecord; paused: boolean }) {
  const { id, title, detail, tone, icon, action, duration, countdown } = record;
  const left = useCountdown(duration, paused, () => timeOutToast(id));
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className="pointer-events-auto flex min-h-10 items-center gap-2.5 rounded-8 bg-raised py-1 pr-2 pl-3 text-text shadow-2 transition duration-(--t-base) starting:translate-y-1 starting:opacity-0 forced-colors:border max-desk:min-h-12 [&>.lucide]:flex-none"
    >
      {icon ?? icons[tone]}
      <div className="min-w-0 flex-1 py-0.5">
        <div className="text-pretty">{title}</div>
        {detail && <div className="text-12 text-pretty text-text-2">{detail}</div>}
      </div>
      {action && (
        <Button
          size="sm"
          kbd={action.kbd}
          onClick={() => {
            dismissToast(id);
            action.onClick();
          }}
        >
          {action.label}
        </Button>
      )}
      {countdown && duration !== undefined ? (
        <Ring value={left / duration} tone="neutral" size={24}>
          {Math.ceil(left / 1000)}
        </Ring>
      ) : (
        <IconButton size="sm" label="Dismiss" icon={<X />} onClick={() => dismissToast(id)} />
      )}
    </div>
  );
}

/** Px from the left and the bottom of the window: 16 (12 on a phone) into main, which moves with the panes around it. */
function useCornerOfMain(watched: boolean) {
  const [corner, setCorner] = useState({ left: 16, bottom: 12 });
  useLayoutEffect(() => {
    const main = document.querySelector('main');
    if (!watched || !main) return;
    const measure = () => {
      const { left, bottom } = main.getBoundingClientRect();
      const inset = window.innerWidth < 760 ? 12 : 16;
      setCorner({ left: Math.max(0, left) + inset, bottom: Math.max(0, window.innerHeight - bottom) + 12 });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(main);
    return () => observer.disconnect();
  }, [watched]);
  return corner;
}

const STEP = 250;

/** Milliseconds left of `duration`; stands still while `paused`. Calls `onEnd` once; without a duration never. */
function useCountdown(duration: number | undefined, paused: boolean, onEnd: () => void): number {
  const [left, setLeft] = useState(duration ?? 0);
  const over = duration !== undefined && left <= 0;
  useEffect(() => {
    if (duration === undefined || paused) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = now - last;
      last = now;
      setLeft((before) => Math.max(0, before - passed));
    }, STEP);
    return () => clearInterval(timer);
  }, [duration, paused]);
  useEffect(() => {
    if (over) onEnd();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it is over
  }, [over]);
  return left;
}
