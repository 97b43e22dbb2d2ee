import { useConnection } from './connections';
import { useTriedSecondary } from './secondary-reads';

/** The secondary endpoint of the connection, or the usual one once it was tried; else undefined. */
export function useSecondaryEndpoint(connectionId: string): string | undefined {
  const tried = useTriedSecondary(connectionId);
  return useConnection(connectionId)?.secondaryEndpoint ?? tried;
}
