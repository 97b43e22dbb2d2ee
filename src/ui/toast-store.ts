import { Toast } from '@base-ui/react/toast';
import { type ReactNode, useSyncExternalStore } from 'react';

export type ToastTone = 'default' | 'success' | 'danger' | 'warn';

export type ToastOptions = {
  title: ReactNode;
  detail?: ReactNode;
  tone?: ToastTone | undefined;
  icon?: ReactNode;
  action?: { label: string; kbd?: string | undefined; onClick: () => void } | undefined;
  /** Milliseconds until it goes by itself. Default 4,000 (8,000 with an action); an error stays until dismissed. */
  duration?: number | undefined;
  /** Shows the seconds left in a ring; 5,000 ms unless `duration` says otherwise. */
  countdown?: boolean | undefined;
  /** The time ran out, or a newer toast took the place: what was announced should now be done. */
  onTimeout?: (() => void) | undefined;
};

export type ShownToast = ToastOptions & { id: string; tone: ToastTone };

export const MOST_TOASTS = 3;

/** Base UI's side: it draws the toasts, keeps their time, and lets them be swiped away. */
export const toastManager = Toast.createToastManager<ShownToast>();

/** Ours: what is on screen can be asked for outside of React, oldest first. */
let shown: readonly ShownToast[] = [];
let made = 0;
const listeners = new Set<() => void>();

function write(next: readonly ShownToast[]) {
  shown = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readToasts() {
  return shown;
}

/** Shows a note at the bottom left and returns its id. The fourth pushes the oldest out, as if its time had run out. */
export function toast(options: ToastOptions): string {
  made += 1;
  const id = `toast-${made}`;
  const tone = options.tone ?? 'default';
  const duration = durationOf(options, tone);
  const one = { ...options, id, tone, duration };
  write([...shown, one]);
  toastManager.add({
    id,
    data: one,
    // 0 is never. A countdown has a clock of its own.
    timeout: options.countdown ? 0 : (duration ?? 0),
    // "Dismiss", a swipe and Esc hurry the end, they do not undo.
    onClose: () => timeOutToast(id),
  });
  const [oldest] = shown;
  if (shown.length > MOST_TOASTS && oldest) timeOutToast(oldest.id);
  return id;
}

function durationOf({ duration, countdown, action }: ToastOptions, tone: ToastTone) {
  if (tone === 'danger') return undefined;
  return duration ?? (countdown ? 5000 : action ? 8000 : 4000);
}

/** Takes a toast away without doing what its end would do. */
export function dismissToast(id: string): void {
  if (!shown.some((one) => one.id === id)) return;
  write(shown.filter((one) => one.id !== id));
  toastManager.close(id);
}

/** Takes a toast away and does what its end does. */
export function timeOutToast(id: string): void {
  const ended = shown.find((one) => one.id === id);
  dismissToast(id);
  ended?.onTimeout?.();
}

/** Takes a toast away and does what its button does. */
export function actOnToast({ id, action }: ShownToast): void {
  dismissToast(id);
  action?.onClick();
}

/** The action of the newest toast that shows this key (Z undoes). Undefined when there is none. */
export function newestToastAction(kbd: string): (() => void) | undefined {
  const newest = shown.findLast(({ action }) => action?.kbd === kbd);
  return newest && (() => actOnToast(newest));
}

/** True while a toast shows this key. */
export const useHasToastAction = (kbd: string) =>
  useSyncExternalStore(subscribe, () => shown.some(({ action }) => action?.kbd === kbd));
