/** Key in `sessionStorage` of the random name of this tab, which is no secret. */
const TAB_ID = 'queuescope.tab';
const LOCK = 'queuescope-tab:';

export type Tab = {
  id: string;
  /** The tab that this one was duplicated from: browsers copy `sessionStorage` with it. */
  copyOf: string | undefined;
};

/**
 * Names this tab and holds a lock of that name while the tab is open, so that other tabs can distinguish open tabs from closed
 * ones. A reload keeps the name; a duplicated tab finds it in use and takes a new one. `closed` releases the lock early.
 * @throws where the browser has no storage or no locks.
 */
export async function openTab(closed: Promise<void> = new Promise(() => {})): Promise<Tab> {
  const last = sessionStorage.getItem(TAB_ID);
  if (last && (await holdLock(`${LOCK}${last}`, closed))) return { id: last, copyOf: undefined };
  const id = crypto.randomUUID();
  await holdLock(`${LOCK}${id}`, closed);
  sessionStorage.setItem(TAB_ID, id);
  // A reload may precede the release of the old page's lock; its secrets then move to the new name.
  return { id, copyOf: last ?? undefined };
}

/** The name of this tab from `openTab`; undefined without storage. */
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

/** Holds the lock of that name until `closed` settles; false when another tab has it. */
export function holdLock(name: string, closed: Promise<void>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock ? closed : undefined;
      })
      .catch(reject);
  });
}
