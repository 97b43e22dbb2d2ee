/** In `sessionStorage`, beside receipts of leases (`leases/lease-persistence.ts`): a random name of this tab. It opens nothing by itself. */
const TAB_ID = 'queuescope.tab';
const LOCK = 'queuescope-tab:';

export type Tab = {
  id: string;
  /** The tab that this one was duplicated from: browsers copy `sessionStorage` with it. */
  copyOf: string | undefined;
};

/**
 * Names this tab and holds a lock of that name for as long as the tab lives, so that other tabs can tell an open tab
 * from a closed one. A reload finds its name again; a duplicated tab finds the name in use and takes a new one.
 * `closed` lets the name go early. Throws where the browser gives the page no storage or no locks.
 */
export async function openTab(closed: Promise<void> = new Promise(() => {})): Promise<Tab> {
  const last = sessionStorage.getItem(TAB_ID);
  if (last && (await hold(last, closed))) return { id: last, copyOf: undefined };
  const id = crypto.randomUUID();
  await hold(id, closed);
  sessionStorage.setItem(TAB_ID, id);
  // A reload may come before the browser has let the old page's lock go. It then moves its secrets to a new name.
  return { id, copyOf: last ?? undefined };
}

/** The name that `openTab` gave this tab; undefined where nothing can be stored. */
export function tabName(): string | undefined {
  try {
    return sessionStorage.getItem(TAB_ID) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The ids of all open tabs of this site, this one included. */
export async function openTabs(): Promise<Set<string>> {
  const { held = [], pending = [] } = await navigator.locks.query();
  const names = [...held, ...pending].map(({ name = '' }) => name);
  return new Set(names.filter((name) => name.startsWith(LOCK)).map((name) => name.slice(LOCK.length)));
}

/** True once the lock is ours, false when another tab has it. */
function hold(id: string, closed: Promise<void>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`${LOCK}${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock ? closed : undefined;
      })
      .catch(reject);
  });
}
