import type { StoredConnection } from '../connections/connections';
import { isSandbox } from '../sandbox/sandbox';

/** True when the browser asks the service before it sends a request to an address that it has not asked about. */
export const costsPreflights = (connection: Pick<StoredConnection, 'endpoint' | 'relay'>, origin: string): boolean =>
  !isSandbox(connection) && !connection.relay && new URL(connection.endpoint).origin !== origin;
