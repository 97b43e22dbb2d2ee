import { decodedOrSame } from '@/azure/protocol/decode-uri';
import { navigate, splitHash, useHashPath, useHashSearch } from './hash-location';

/** How messages of the open queue are read: peek changes nothing, receive leases some, browse leases all and returns them. */
export type Mode = 'peek' | 'receive' | 'browse';

/** The screen and its state, all in the address, so that reload, back and shared links work. Never a secret. */
export type Route =
  | { screen: 'connect' }
  | { screen: 'settings' }
  /** The lab: its start page, free play (`free`) or a lesson, with the parameters of the run as a query. */
  | { screen: 'lab'; part?: string | undefined; query?: string | undefined }
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

/** Further filters and the order of the messages of a queue. */
export type Narrowing = {
  /** Active chips, at least one. */
  only?: readonly Only[] | undefined;
  /** Expressions over decoded bodies that must hold, at least one. */
  expressions?: readonly string[] | undefined;
  /** Value of a column to filter by; `key` is a `Group.key`. */
  picked?: Picked | undefined;
  sort?: SortedBy | undefined;
};
export type Only = 'leased' | 'poison' | 'expiring';
export type Picked = { column: string; key: string };
type SortedBy = { id: string; descending: boolean };

/** The route of a queue, peeked and unfiltered; without a queue, of the account's queues. */
export const queueRoute = (connectionId: string, queue?: string): ExplorerRoute => ({
  screen: 'explorer',
  connectionId,
  queue,
  mode: 'peek',
  filter: '',
});

/** The path of a route within the hash. */
export function routePath(route: Route): string {
  switch (route.screen) {
    case 'connect':
    case 'settings':
      return `/${route.screen}`;
    case 'wire':
      return joined('wire', route.exchange);
    case 'lab': {
      const path = joined('lab', route.part);
      return route.query ? `${path}?${route.query}` : path;
    }
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

/** The `href` of a route. */
export const routeHref = (route: Route) => `#${routePath(route)}`;

/** The current route, outside of React. */
export const currentRoute = (): Route | undefined => {
  const { path, search } = splitHash();
  return readRoute(path, search);
};

/** The current route; undefined for an address without one (`/` on a first visit). */
export function useRoute(): Route | undefined {
  return readRoute(useHashPath(), useHashSearch());
}

/** Parses a path and a query (without `#` and `?`); undefined when they are no route. */
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
    case 'lab':
      return queue ? undefined : { screen, part: first || undefined, query: query || undefined };
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

/** Navigates to a route; `replace` adds no history entry (filters, redirects). */
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
