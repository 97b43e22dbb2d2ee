import { create } from 'zustand';
import { onlyQueueOf, useConnections } from '@/state/connections/connections';
import { type ExplorerPlace, queuePlace, usePlace } from '@/state/navigation/route';

const store = create<{ explorer: ExplorerPlace | undefined }>(() => ({ explorer: undefined }));

// So that settings and the wire log lead back to it.
const useLastPlace = () => store((state) => state.explorer);
/** Notes where in the explorer this tab is. */
export const rememberPlace = (explorer: ExplorerPlace) => store.setState({ explorer });

/** The explorer of a connection, with no queue open unless the connection is for that one alone. */
export const explorerOf = (connection: string): ExplorerPlace => queuePlace(connection, onlyQueueOf(connection));

/** The connection we are at, or were at last; undefined when there is none or the address names one we do not have. */
export function useCurrentConnection() {
  const place = usePlace();
  const last = useLastPlace();
  const connections = useConnections();
  if (place?.screen === 'explorer') return connections.find(({ id }) => id === place.connection);
  return connections.find(({ id }) => id === last?.connection) ?? connections[0];
}

/** Where "Explorer" leads: to where we were, else to the first connection. */
export function useExplorerPlace(): ExplorerPlace | undefined {
  const connection = useCurrentConnection();
  const last = useLastPlace();
  if (!connection) return undefined;
  return last?.connection === connection.id ? last : explorerOf(connection.id);
}
