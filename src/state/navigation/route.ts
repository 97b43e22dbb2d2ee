import { decodedOrSame } from '@/azure/protocol/decode-uri';
import { navigate, splitHash, useHashPath, useHashSearch } from './hash-location';

/** How messages of the open queue are read: peek changes nothing, receive leases some, browse all, for as long as it takes. */
export type Mode = 'peek' | 'receive' | 'browse';

/** Where a person is. Everything here is in the address, so that reload, back and a shared link work; never a secret. */
export type Route =
  | { screen: 'connect' }
  | { screen: 'settings' }
  /** The wire inspector, with one exchange open. */
  | { screen: 'wire'; exchange?: string | undefined }
  | ExplorerRoute;

export type ExplorerRoute = {
  screen: 'explorer';
  /** `Account.id` */
  connectionId: string;
  queue?: string | undefined;
  /** Message id open in details. */
  message?: string | undefined;
  mode: Mode;
  /** Text of the message filter. */
  filter: string;
} & Narrowing;

/** What else narrows and orders the messages of a queue; what is left out does not. */
export type Narrowing = {
  /** Chips that are on, at least one. */
  only?: readonly Only[] | undefined;
  /** Expressions over decoded bodies that must hold, at least one. */
  expressions?: readonly string[] | undefined;
  /** The one value of a column that is kept, as `Group.key` has it. */
  picked?: Picked | undefined;
  sort?: SortedBy | undefined;
};
export type Only = 'leased' | 'poison' | 'expiring';
export type Picked = { column: string; key: string };
type SortedBy = { id: string; descending: boolean };

/** The place of a queue, its messages peeked and unfiltered; without a queue, the account's queues. */
export const queueRoute = (connectionId: string, queue?: string): ExplorerRoute => ({
  screen: 'explorer',
  connectionId,
  queue,
  mode: 'peek',
  filter: '',
});

/** The address of a place, for `<Link href>` and `go`. */
export function routePath(route: Route): string {
  switch (route.screen) {
    case 'connect':
    case 'settings':
      return `/${route.screen}`;
    case 'wire':
      return joined('wire', route.exchange);
    case 'explorer': {
      const search = new URLSearchParams();
      if (route.mode !== 'peek') search.set('mode', route.mode);
      if (route.filter) search.set('filter', route.filter);
      writeNarrowing(route, search);
      const path = joined('q', route.connectionId, route.queue, route.queue && route.message);
      return search.size > 0 ? `${path}?${search}` : path;
    }
  }
}

/** The address of a place as a link in the page. */
export const routeHref = (route: Route) => `#${routePath(route)}`;

/** Where the address says that we are, outside of React. */
export const currentRoute = (): Route | undefined => {
  const { path, search } = splitHash();
  return readRoute(path, search);
};

/** Where we are; undefined for an address that names no place (`/` on a first visit). */
export function useRoute(): Route | undefined {
  return readRoute(useHashPath(), useHashSearch());
}

/** The place that a path and a query (both without the marks before them) name, if any. */
export function readRoute(path: string, query: string): Route | undefined {
  const [screen = '', first, queue, message, ...rest] = path
    .split('/')
    .slice(1)
    .map((part) => decodedOrSame(part));
  if (rest.length > 0) return undefined;
  switch (screen) {
    case 'connect':
    case 'settings':
      return first ? undefined : { screen };
    case 'wire':
      return queue ? undefined : { screen, exchange: first || undefined };
    case 'q': {
      if (!first) return undefined;
      const search = new URLSearchParams(query);
      return {
        screen: 'explorer',
        connectionId: first,
        queue: queue || undefined,
        message: message || undefined,
        mode: MODES.find((mode) => mode === search.get('mode')) ?? 'peek',
        filter: search.get('filter') ?? '',
        ...readNarrowing(search),
      };
    }
    default:
      return undefined;
  }
}

/** Goes to a place; `replace` leaves no step for the back button (filters, redirects). */
export function goTo(route: Route, options?: { replace?: boolean }) {
  navigate(routePath(route), options);
}

/** Opens a queue as `queueRoute` has it; without a queue, the account's queues. */
export const openQueue = (connectionId: string, queue?: string) => goTo(queueRoute(connectionId, queue));

const MODES: readonly Mode[] = ['receive', 'browse'];
const CHIPS: readonly Only[] = ['leased', 'poison', 'expiring'];

function writeNarrowing({ only = [], expressions = [], picked, sort }: Narrowing, search: URLSearchParams) {
  if (only.length > 0) search.set('only', only.join(' '));
  for (const expression of expressions) search.append('where', expression);
  if (picked) {
    search.set('column', picked.column);
    search.set('value', picked.key);
  }
  if (sort) search.set('sort', sort.descending ? `-${sort.id}` : sort.id);
}

function readNarrowing(search: URLSearchParams): Narrowing {
  const on = (search.get('only') ?? '').split(' ');
  const only = CHIPS.filter((chip) => on.includes(chip));
  const expressions = [...new Set(search.getAll('where'))].filter((source) => source !== '');
  const [column, key, sort] = ['column', 'value', 'sort'].map((name) => search.get(name) ?? undefined);
  return {
    ...(only.length > 0 && { only }),
    ...(expressions.length > 0 && { expressions }),
    ...(column && key !== undefined && { picked: { column, key } }),
    ...(sort && { sort: { id: sort.replace(/^-/, ''), descending: sort.startsWith('-') } }),
  };
}

const joined = (...parts: (string | undefined)[]) =>
  `/${parts
    .filter((part) => part !== undefined)
    .map((part) => encodeURIComponent(part))
    .join('/')}`;
