import { useSyncExternalStore } from 'react';

// wouter's own hash hook keeps the query outside the hash, where a copied link would lose it on static hosts.
function subscribe(onChange: () => void) {
  addEventListener('hashchange', onChange);
  addEventListener('popstate', onChange);
  return () => {
    removeEventListener('hashchange', onChange);
    removeEventListener('popstate', onChange);
  };
}

const split = () => {
  const [path = '', search = ''] = location.hash.replace(/^#?\/?/, '').split('?');
  return { path: `/${path}`, search };
};

/** Goes to `/path?search` inside the hash. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}) {
  const oldURL = location.href;
  history[replace ? 'replaceState' : 'pushState'](null, '', `#${to}`);
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }));
}

/** A location hook for wouter's `<Router hook>`. */
export function useHashLocation(): [path: string, go: typeof navigate] {
  return [useSyncExternalStore(subscribe, () => split().path), navigate];
}
useHashLocation.hrefs = (href: string) => `#${href}`;

/** A search hook for wouter's `<Router searchHook>`. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, () => split().search);
}
