import { create } from 'zustand';
import { useActions } from '@/actions/action';
import { explorerOf, goToActions, goToConnection, layoutActions, type Page, pageActions } from '@/actions/app-actions';
import { connectionActions } from '@/actions/connection-actions';
import { type StoredConnection, useConnections } from '@/state/connections/connections';
import { useIsReadOnly } from '@/state/connections/read-only';
import { type ExplorerRoute, routePath, useRoute } from '@/state/navigation/route';
import { arriving } from '@/ui/browser/arriving';

const store = create<{ explorer: ExplorerRoute | undefined }>(() => ({ explorer: undefined }));

// "Explorer" leads back to it from settings and from the wire log.
const useLastRoute = () => store((state) => state.explorer);
/** Remembers the route of the explorer. */
export function rememberRoute(explorer: ExplorerRoute) {
  const last = store.getState().explorer;
  // Every reading of the address is a new object.
  if (!last || routePath(last) !== routePath(explorer)) store.setState({ explorer });
}

/** The connection of the route, or of the last explorer route; undefined when this browser does not have it. */
export function useCurrentConnection() {
  const route = useRoute();
  const last = useLastRoute();
  const connections = useConnections();
  if (route?.screen === 'explorer') return connections.find(({ id }) => id === route.connectionId);
  return connections.find(({ id }) => id === last?.connectionId) ?? connections[0];
}

/** The route that "Explorer" leads to: the last one of the explorer, else the first connection. */
export function useExplorerRoute(): ExplorerRoute | undefined {
  const connection = useCurrentConnection();
  const last = useLastRoute();
  if (!connection) return undefined;
  return last?.connectionId === connection.id ? last : explorerOf(connection.id);
}

/** The subject of the actions of the page. */
export function usePage(): Page {
  const connection = useCurrentConnection();
  const isReadOnly = useIsReadOnly(connection?.id);
  return { connection, isReadOnly, explorer: useExplorerRoute(), focusPane, turnReadOnly };
}

function turnReadOnly(connection: StoredConnection, isOn: boolean) {
  void arriving(import('@/features/connections/access/change-read-only')).then(({ allowChanges, forbidChanges }) =>
    (isOn ? forbidChanges : allowChanges)(connection),
  );
}

const { readSas, createSas, copyAs, ...ofConnection } = connectionActions;

/** Registers the actions that work on every screen. */
export function usePageActions() {
  const page = usePage();
  const connections = useConnections();
  const connectionId = page.connection?.id ?? '';
  useActions([...Object.values(goToActions), ...Object.values(pageActions)], page);
  useActions(connectionId ? Object.values(ofConnection) : [], { connectionId });
  useActions(connections.slice(0, 9).map(goToConnection), page);
  useActions(connectionId ? [readSas, createSas, copyAs] : [], { connectionId, queue: page.explorer?.queue });
  useActions(Object.values(layoutActions), page);
}

const PANES = 'nav, main, aside, section[aria-label="Activity"], [data-pane], [aria-label="Notifications"]';
const TABBABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]';

/** The element of each pane that had the focus last. */
const left = new WeakMap<Element, HTMLElement>();

/** Moves the focus to the next pane on screen (`step` -1: the one before), to the element that had it there last. */
export function focusPane(step: 1 | -1) {
  const panes = [...document.querySelectorAll<HTMLElement>(PANES)].filter(
    (pane) => pane.checkVisibility() && !pane.closest('[inert]'),
  );
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
  const current = focused?.closest<HTMLElement>(PANES);
  if (current && focused) left.set(current, focused);
  const at = current ? panes.indexOf(current) : step < 0 ? 0 : -1;
  // Skips panes with nothing to focus.
  for (let distance = 1; distance <= panes.length; distance++) {
    const pane = panes.at((at + step * distance + panes.length) % panes.length);
    const target = pane && entry(pane);
    if (target) {
      target.focus();
      return;
    }
  }
}

function entry(pane: HTMLElement) {
  const last = left.get(pane);
  if (last?.isConnected && pane.contains(last) && !last.closest('[inert]')) return last;
  return [...pane.querySelectorAll<HTMLElement>(TABBABLE)].find(
    (one) => one.tabIndex >= 0 && one.checkVisibility() && !one.closest('[inert]') && one.closest(PANES) === pane,
  );
}
