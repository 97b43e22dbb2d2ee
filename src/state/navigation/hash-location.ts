import { useSyncExternalStore } from 'react';

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

/** Goes to `/path?search` inside the hash. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}) {
  const oldURL = location.href;
  history[replace ? 'replaceState' : 'pushState'](null, '', `#${to}`);
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }));
}

/** The path inside the hash, with its leading slash. */
export const useHashPath = () => useSyncExternalStore(subscribe, () => splitHash().path);

/** The query inside the hash, without its question mark. */
export const useHashSearch = () => useSyncExternalStore(subscribe, () => splitHash().search);
