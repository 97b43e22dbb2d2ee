/** Of every name under which the page keeps something beside the vault: settings, templates, views, receipts. */
const PREFIX = 'queuescope.';

/** Removes all that is in `localStorage` and `sessionStorage`, but for the name of this tab, which its locks go by. */
export function forgetStoredThings() {
  for (const storage of [localStorage, sessionStorage])
    for (const name of Object.keys(storage))
      if (name.startsWith(PREFIX) && name !== 'queuescope.tab') storage.removeItem(name);
}
