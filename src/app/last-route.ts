import { create } from 'zustand';
import { explorerOf } from '@/actions/app-actions';
import { useConnections } from '@/state/connections/connections';
import { type ExplorerRoute, useRoute } from '@/state/navigation/route';

const store = create<{ explorer: ExplorerRoute | undefined }>(() => ({ explorer: undefined }));

// So that settings and the wire log lead back to it.
const useLastRoute = () => store((state) => state.explorer);
/** Notes where in the explorer this tab is. */
export const rememberRoute = (explorer: ExplorerRoute) => store.setState({ explorer });

/** The connection we are at, or were at last; undefined when there is none or the address names one we do not have. */
export function useCurrentConnection() {
  const route = useRoute();
  const last = useLastRoute();
  const connections = useConnections();
  if (route?.screen === 'explorer') return connections.find(({ id }) => id === route.connectionId);
  return connections.find(({ id }) => id === last?.connectionId) ?? connections[0];
}

/** Where "Explorer" leads: to where we were, else to the first connection. */
export function useExplorerRoute(): ExplorerRoute | undefined {
  const connection = useCurrentConnection();
  const last = useLastRoute();
  if (!connection) return undefined;
  return last?.connectionId === connection.id ? last : explorerOf(connection.id);
}
