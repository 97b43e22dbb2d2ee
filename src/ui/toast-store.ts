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

export type ToastRecord = ToastOptions & { id: string; tone: ToastTone };

const MOST = 3;
let records: readonly ToastRecord[] = [];
let made = 0;
const listeners = new Set<() => void>();

function write(next: readonly ToastRecord[]) {
  records = next;
  for (const listener of listeners) listener();
}

export function subscribeToasts(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readToasts() {
  return records;
}

/** Shows a note at the bottom left and returns its id. The fourth pushes the oldest out, as if its time had run out. */
export function toast(options: ToastOptions): string {
  made += 1;
  const id = `toast-${made}`;
  const tone = options.tone ?? 'default';
  write([...records, { ...options, id, tone, duration: durationOf(options, tone) }]);
  const oldest = records[0];
  if (records.length > MOST && oldest) timeOutToast(oldest.id);
  return id;
}

function durationOf({ duration, countdown, action }: ToastOptions, tone: ToastTone) {
  if (tone === 'danger') return undefined;
  return duration ?? (countdown ? 5000 : action ? 8000 : 4000);
}

/** Takes a toast away without doing what its end would do. */
export function dismissToast(id: string): void {
  write(records.filter((record) => record.id !== id));
}

/** Takes a toast away and does what its end does. */
export function timeOutToast(id: string): void {
  const record = records.find((one) => one.id === id);
  dismissToast(id);
  record?.onTimeout?.();
}

/** The action of the newest toast that shows this key (Z undoes). Undefined when there is none. */
export function newestToastAction(kbd: string): (() => void) | undefined {
  const record = records.findLast(({ action }) => action?.kbd === kbd);
  if (!record?.action) return undefined;
  const { id, action } = record;
  return () => {
    dismissToast(id);
    action.onClick();
  };
}

/** True while a toast shows this key. */
export const useHasToastAction = (kbd: string) =>
  useSyncExternalStore(subscribeToasts, () => records.some(({ action }) => action?.kbd === kbd));
