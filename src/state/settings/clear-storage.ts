/** Prefix of all keys of the page: settings, templates, views, receipts. */
const PREFIX = 'queuescope.';

/** Clears `localStorage` and `sessionStorage`, except the name of this tab, which its lock has. */
export function forgetStoredThings() {
  for (const storage of [localStorage, sessionStorage])
    for (const name of Object.keys(storage))
      if (name.startsWith(PREFIX) && name !== 'queuescope.tab') storage.removeItem(name);
}
