import { matchRoute, useLocation, useRouter, useSearch } from 'wouter';
import { navigate } from './hash-location';

/** How messages of the open queue are read: peek changes nothing, receive leases. */
export type Mode = 'peek' | 'receive';

/** Where a person is. Everything here is in the address, so that reload, back and a shared link work; never a secret. */
export type Place =
  | { screen: 'connect' }
  | { screen: 'settings' }
  /** The wire inspector, with one exchange open. */
  | { screen: 'wire'; exchange?: string | undefined }
  | ExplorerPlace;

export type ExplorerPlace = {
  screen: 'explorer';
  /** `Account.id` */
  connection: string;
  queue?: string | undefined;
  /** Message id open in details. */
  message?: string | undefined;
  mode: Mode;
  /** Text of the message filter. */
  filter: string;
};

const EXPLORER = '/q/:connection/:queue?/:message?';
const WIRE = '/wire/:exchange?';

/** The address of a place, for `<Link href>` and `go`. */
export function placePath(place: Place): string {
  switch (place.screen) {
    case 'connect':
    case 'settings':
      return `/${place.screen}`;
    case 'wire':
      return joined('wire', place.exchange);
    case 'explorer': {
      const search = new URLSearchParams();
      if (place.mode !== 'peek') search.set('mode', place.mode);
      if (place.filter) search.set('filter', place.filter);
      const path = joined('q', place.connection, place.queue, place.queue && place.message);
      return search.size > 0 ? `${path}?${search}` : path;
    }
  }
}

/** Where we are; undefined for an address that names no place (`/` on a first visit). */
export function usePlace(): Place | undefined {
  const [path] = useLocation();
  const search = new URLSearchParams(useSearch());
  const { parser } = useRouter();
  if (path === '/connect') return { screen: 'connect' };
  if (path === '/settings') return { screen: 'settings' };
  const [isWire, wire] = matchRoute<{ exchange?: string }>(parser, WIRE, path);
  if (isWire) return { screen: 'wire', exchange: wire.exchange };
  const [isExplorer, at] = matchRoute<{ connection: string; queue?: string; message?: string }>(parser, EXPLORER, path);
  if (!isExplorer) return undefined;
  return {
    screen: 'explorer',
    connection: decodeURIComponent(at.connection),
    queue: at.queue,
    message: at.message,
    mode: search.get('mode') === 'receive' ? 'receive' : 'peek',
    filter: search.get('filter') ?? '',
  };
}

/** Goes to a place; `replace` leaves no step for the back button (filters, redirects). */
export function go(place: Place, options?: { replace?: boolean }) {
  navigate(placePath(place), options);
}

const joined = (...parts: (string | undefined)[]) =>
  `/${parts
    .filter((part) => part !== undefined)
    .map((part) => encodeURIComponent(part))
    .join('/')}`;
