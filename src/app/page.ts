import { create } from 'zustand';
import { useActions } from '@/actions/action';
import { explorerOf, goToActions, goToConnection, layoutActions, type Page, pageActions } from '@/actions/app-actions';
import { connectionActions } from '@/actions/connection-actions';
import { type StoredConnection, useConnections } from '@/state/connections/connections';
import { useIsReadOnly } from '@/state/connections/read-only';
import { type ExplorerRoute, useRoute } from '@/state/navigation/route';
import { focusPane } from './panes';

const store = create<{ explorer: ExplorerRoute | undefined }>(() => ({ explorer: undefined }));

// "Explorer" leads back to it from settings and from the wire log.
const useLastRoute = () => store((state) => state.explorer);
/** Remembers the route of the explorer. */
export const rememberRoute = (explorer: ExplorerRoute) => store.setState({ explorer });

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
  void import('@/features/connections/access/change-read-only').then(({ allowChanges, forbidChanges }) =>
    (isOn ? forbidChanges : allowChanges)(connection),
  );
}

const { readSas, createSas, ...ofConnection } = connectionActions;

/** Registers the actions that work on every screen. */
export function usePageActions() {
  const page = usePage();
  const connections = useConnections();
  const connectionId = page.connection?.id ?? '';
  useActions([...Object.values(goToActions), ...Object.values(pageActions)], page);
  useActions(connectionId ? Object.values(ofConnection) : [], { connectionId });
  useActions(connections.slice(0, 9).map(goToConnection), page);
  useActions(connectionId ? [readSas, createSas] : [], { connectionId, queue: page.explorer?.queue });
  useActions(Object.values(layoutActions), page);
}
