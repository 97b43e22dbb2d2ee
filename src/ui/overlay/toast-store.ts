import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { create } from 'zustand';

export type ToastTone = 'default' | 'success' | 'danger' | 'warn';

export type ToastOptions = {
  title: ReactNode;
  detail?: ReactNode;
  /** Said before the title, and not shown. */
  said?: string | undefined;
  tone?: ToastTone | undefined;
  icon?: ReactNode;
  action?: { label: string; kbd?: string | undefined; onClick: () => void } | undefined;
  /** Milliseconds until it closes. Default 4,000 (8,000 with an action); an error stays until dismissed. */
  duration?: number | undefined;
};

export type ShownToast = ToastOptions & {
  id: string;
  tone: ToastTone;
  /** Epoch ms by this device's clock. */
  since: number;
  /** Those that say the same and that it stands for, the newest last; it stands for itself without it. */
  folded?: readonly ToastOptions[];
};

export const MOST_TOASTS = 3;

/**
 * A note that is shown below the toasts as long as its cause lasts. It is not counted among them.
 */
export type StandingNote = {
  content: ReactNode;
  /** Action of its button and its key. */
  action: { kbd: string; onClick: () => void };
  /** Epoch ms by this device's clock of its newest cause. */
  since: number;
};

/** Classes of a toast or a note. */
export const TOAST_STYLE =
  'pointer-events-auto flex min-h-10 items-center gap-2.5 rounded-8 bg-raised py-1 pr-2 pl-3 text-text shadow-2 forced-colors:border max-desk:min-h-12';

/** Renders the toasts, with their timers and swipes. It forgets what it is given before `receiveToasts`. */
export const toastManager = Toast.createToastManager<ShownToast>();

/** Toasts from before the code that draws them was loaded; undefined once it is. */
let early: ShownToast[] | undefined = [];

/** Hands the manager every toast from before it listened. */
export function receiveToasts(): void {
  for (const one of early ?? []) show(one);
  early = undefined;
  for (const call of awaiting.splice(0)) call();
}

const awaiting: (() => void)[] = [];

/** True once the code that draws toasts and the standing note is there. */
export const areToastsShown = (): boolean => early === undefined;

/** Calls `call` once that is so; at once where it is. */
export const whenToastsAreShown = (call: () => void): void => void (areToastsShown() ? call() : awaiting.push(call));

const show = (one: ShownToast) =>
  toastManager.add({
    id: one.id,
    data: one,
    // 0 means never.
    timeout: one.duration ?? 0,
    onClose: () => dismissToast(one.id),
  });

/** The toasts on screen, oldest first, also for code outside of React. */
const store = create<{ shown: readonly ShownToast[]; standing: StandingNote | undefined }>(() => ({
  shown: [],
  standing: undefined,
}));
let lastNumber = 0;

export const readToasts = () => store.getState().shown;

/**
 * Shows a toast at the bottom left and returns its id. One that says the same as the newest takes its place and counts both. A
 * fourth one closes the oldest of those that end by themselves.
 */
export function toast(options: ToastOptions): string {
  const newest = store.getState().shown.at(-1);
  if (!newest || !saysTheSame(newest.folded?.[0] ?? newest, options)) return showOne(options);
  dismissToast(newest.id);
  return showAll([...(newest.folded ?? [newest]), options]);
}

const saysTheSame = (one: ToastOptions, other: ToastOptions): boolean =>
  typeof one.title === 'string' &&
  one.title === other.title &&
  one.detail === other.detail &&
  (one.tone ?? 'default') === (other.tone ?? 'default') &&
  one.action?.label === other.action?.label;

/** Shows one toast for all that say the same; its action is that of the last. */
function showAll(all: readonly ToastOptions[]): string {
  const last = all.at(-1);
  if (!last || all.length < 2) return last ? showOne(last) : '';
  // Those that say the same say it in words.
  const title = typeof last.title === 'string' ? `${last.title} × ${all.length}` : last.title;
  return showOne({ ...last, title }, all);
}

function showOne(options: ToastOptions, folded?: readonly ToastOptions[]): string {
  lastNumber += 1;
  const id = `toast-${lastNumber}`;
  const tone = options.tone ?? 'default';
  const duration = durationOf(options, tone);
  const one = { ...options, id, tone, duration, since: Date.now(), ...(folded && { folded }) };
  store.setState(({ shown }) => ({ shown: [...shown, one] }));
  if (early) early.push(one);
  else show(one);
  const { shown } = store.getState();
  const before = shown.slice(0, -1);
  // One that stays until its cause is over, or somebody has read it, gives way last.
  const [oldest] = [...before.filter(endsByItself), ...before];
  if (shown.length > MOST_TOASTS && oldest) dismissToast(oldest.id);
  return id;
}

const endsByItself = ({ duration }: ShownToast) => duration !== undefined && duration > 0;

function durationOf({ duration, action }: ToastOptions, tone: ToastTone) {
  if (tone === 'danger') return undefined;
  return duration ?? (action ? 8000 : 4000);
}

export function dismissToast(id: string): void {
  const { shown } = store.getState();
  const remaining = shown.filter((one) => one.id !== id);
  if (remaining.length === shown.length) return;
  store.setState({ shown: remaining });
  early = early?.filter((one) => one.id !== id);
  toastManager.close(id);
}

/** Dismisses a toast and runs its action; of several that it stands for, the last one's, and the others are shown again. */
export function actOnToast({ id, action, folded = [] }: ShownToast): void {
  dismissToast(id);
  if (folded.length > 1) showAll(folded.slice(0, -1));
  action?.onClick();
}

/** Sets the standing note; undefined removes it. */
export const putStandingNote = (standing: StandingNote | undefined): void => store.setState({ standing });

/** Changes with every new toast, and with the first note; undefined while there is none of both. */
export const useNewestToast = () => store(({ shown, standing }) => shown.at(-1)?.id ?? (standing && 'note'));

export const useStandingNote = () => store(({ standing }) => standing);

/** The action of the newest toast or note with this key (Z undoes); undefined without one. */
export function newestToastAction(kbd: string): (() => void) | undefined {
  const { shown, standing } = store.getState();
  const newest = shown.findLast(({ action }) => action?.kbd === kbd);
  if (standing?.action.kbd === kbd && standing.since >= (newest?.since ?? 0)) return standing.action.onClick;
  return newest && (() => actOnToast(newest));
}

/** True while a toast or the standing note shows this key. */
export const useHasToastAction = (kbd: string) =>
  store(({ shown, standing }) => standing?.action.kbd === kbd || shown.some(({ action }) => action?.kbd === kbd));
