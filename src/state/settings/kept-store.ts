import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const VERSION = 1;

/** What takes in what another tab has stored, by the name in the storage. */
const kept = new Map<string, () => void>();

/** Has `takeIn` called whenever another tab changes what is stored under `name`. */
export const followStored = (name: string, takeIn: () => void) => void kept.set(name, takeIn);

/** Follows the changes of other tabs from now on; returns what ends that. */
export function followStorage(): () => void {
  addEventListener('storage', takeInChange);
  return () => removeEventListener('storage', takeInChange);
}

/** Without a key, all of the storage was cleared. */
function takeInChange({ key }: StorageEvent) {
  for (const [name, takeIn] of kept) if (key === name || key === null) takeIn();
}

type Rules<State> = {
  /** The state by what is stored, or undefined where nothing is. Default: what is stored over `initial`. */
  read?: (stored: unknown, current: State) => State;
  /** What of the state is stored. Default: all of it. */
  written?: (state: State) => Partial<State>;
};

/**
 * A store that this browser keeps, alike in all of its tabs: `change` puts its change over what others have stored meanwhile, and what
 * they store is taken in and answered by no write. Where the browser refuses to store, it holds for this tab.
 */
export function keptStore<State extends object>(name: string, initial: State, { read, written }: Rules<State> = {}) {
  let isStored = true;
  const store = create<State>()(
    persist(() => initial, {
      name,
      version: VERSION,
      storage: {
        getItem: () => {
          try {
            const { state } = JSON.parse(localStorage.getItem(name) ?? '{}') as { state?: State };
            return { state: state as State, version: VERSION };
          } catch {
            return null;
          }
        },
        setItem: (_, value) => {
          try {
            localStorage.setItem(name, JSON.stringify(value));
          } catch {
            isStored = false;
          }
        },
        removeItem: () => localStorage.removeItem(name),
      },
      partialize: (state) => (written?.(state) ?? state) as State,
      merge: (stored, current) => read?.(stored, current) ?? { ...initial, ...(stored as Partial<State> | undefined) },
    }),
  );
  const takeIn = () => void store.persist.rehydrate();
  followStored(name, takeIn);
  return Object.assign(store, {
    change(update: (state: State) => Partial<State>): void {
      if (isStored) takeIn();
      store.setState(update);
    },
  });
}
