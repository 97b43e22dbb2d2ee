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
};

export type ShownToast = ToastOptions & {
  id: string;
  tone: ToastTone;
  /** Epoch ms by this device's clock at which it came. */
  since: number;
};

export const MOST_TOASTS = 3;

/**
 * A note that stands beside the toasts for as long as what it tells of. It is not counted among them, and none of them
 * ends it.
 */
export type StandingNote = {
  content: ReactNode;
  /** What its button does, also by its key. */
  action: { kbd: string; onClick: () => void };
  /** Epoch ms by this device's clock: of the newest that it tells of. */
  since: number;
};

/** Base UI's side: it draws the toasts, keeps their time, and lets them be swiped away. */
export const toastManager = Toast.createToastManager<ShownToast>();

/** Ours: what is on screen can be asked for outside of React, oldest first. */
let shown: readonly ShownToast[] = [];
let standing: StandingNote | undefined;
let made = 0;
const listeners = new Set<() => void>();

function write(next: readonly ShownToast[]) {
  shown = next;
  tell();
}

function tell() {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readToasts() {
  return shown;
}

/** Shows a note at the bottom left and returns its id. The fourth pushes the oldest out. */
export function toast(options: ToastOptions): string {
  made += 1;
  const id = `toast-${made}`;
  const tone = options.tone ?? 'default';
  const duration = durationOf(options, tone);
  const one = { ...options, id, tone, duration, since: Date.now() };
  write([...shown, one]);
  toastManager.add({
    id,
    data: one,
    // 0 is never.
    timeout: duration ?? 0,
    onClose: () => dismissToast(id),
  });
  const [oldest] = shown;
  if (shown.length > MOST_TOASTS && oldest) dismissToast(oldest.id);
  return id;
}

function durationOf({ duration, action }: ToastOptions, tone: ToastTone) {
  if (tone === 'danger') return undefined;
  return duration ?? (action ? 8000 : 4000);
}

/** Takes a toast away. */
export function dismissToast(id: string): void {
  if (!shown.some((one) => one.id === id)) return;
  write(shown.filter((one) => one.id !== id));
  toastManager.close(id);
}

/** Takes a toast away and does what its button does. */
export function actOnToast({ id, action }: ShownToast): void {
  dismissToast(id);
  action?.onClick();
}

/** Puts the standing note there, or takes it away. */
export function putStandingNote(note: StandingNote | undefined): void {
  standing = note;
  tell();
}

export const useStandingNote = () => useSyncExternalStore(subscribe, () => standing);

/** What this key (Z undoes) means now: the action of the newest that shows it. Undefined when there is none. */
export function newestToastAction(kbd: string): (() => void) | undefined {
  const newest = shown.findLast(({ action }) => action?.kbd === kbd);
  if (standing?.action.kbd === kbd && standing.since >= (newest?.since ?? 0)) return standing.action.onClick;
  return newest && (() => actOnToast(newest));
}

/** True while a toast or the standing note shows this key. */
export const useHasToastAction = (kbd: string) =>
  useSyncExternalStore(
    subscribe,
    () => standing?.action.kbd === kbd || shown.some(({ action }) => action?.kbd === kbd),
  );
