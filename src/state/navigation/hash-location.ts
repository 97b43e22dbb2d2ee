import { useSyncExternalStore } from 'react';
import { withoutSecrets } from './secret-in-address';
import { offerSecret } from './secret-offer';

// Route and query are in the hash, so that links work from any folder of any static host.
function subscribe(onChange: () => void) {
  addEventListener('hashchange', onChange);
  addEventListener('popstate', onChange);
  return () => {
    removeEventListener('hashchange', onChange);
    removeEventListener('popstate', onChange);
  };
}

/** The hash as a path and a query, without the marks before them. */
export const splitHash = () => {
  const [path = '', search = ''] = location.hash.replace(/^#?\/?/, '').split('?');
  return { path: `/${path}`, search };
};

/** Goes to `/path?search` inside the hash. A secret in it does not get into the address, but is offered to Connect. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}) {
  const oldURL = location.href;
  const { address, secret } = withoutSecrets(to);
  if (secret !== undefined) offerSecret({ from: 'field', text: secret });
  // As for a link to where the page is already.
  if (location.hash === `#${address}`) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', `#${address}`);
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }));
}

/** The path inside the hash, with its leading slash. */
export const useHashPath = () => useSyncExternalStore(subscribe, () => splitHash().path);

/** The query inside the hash, without its question mark. */
export const useHashSearch = () => useSyncExternalStore(subscribe, () => splitHash().search);

/** Notes over a reload that the address held a secret. */
const NOTE = 'queuescope.secret-in-address';

/**
 * From now on takes secrets out of the address, whoever put them there: a link, or a person in the address bar. False when the page
 * reloads because it was opened with one: the browser lists the address that a page was opened with as long as the page lives.
 */
export function guardAddress(): boolean {
  // Before those who read the address.
  addEventListener('hashchange', () => void cleanAddress(), { capture: true });
  addEventListener('popstate', () => void cleanAddress(), { capture: true });
  try {
    if (cleanAddress()) {
      sessionStorage.setItem(NOTE, 'yes');
      location.reload();
      return false;
    }
    if (sessionStorage.getItem(NOTE) !== null) offerSecret({ from: 'link' });
    sessionStorage.removeItem(NOTE);
  } catch {
    // Without a storage the page is not opened anew.
  }
  return true;
}

/** True when the address held a secret, which is then replaced and told. */
function cleanAddress(): boolean {
  const inHash = withoutSecrets(location.hash.slice(1));
  const inSearch = withoutSecrets(location.search);
  if (inHash.secret === undefined && inSearch.secret === undefined) return false;
  const search = inSearch.secret === undefined ? location.search : '';
  history.replaceState(null, '', `${location.pathname}${search}#${inHash.address}`);
  offerSecret({ from: 'link' });
  return true;
}
