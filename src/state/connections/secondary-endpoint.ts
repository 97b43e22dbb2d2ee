import { useConnection } from './connections';
import { useTriedSecondary } from './secondary-reads';

/** Where the secondary endpoint is, as the connection says or as it was looked for; undefined when neither. */
export function useSecondaryEndpoint(connectionId: string): string | undefined {
  const tried = useTriedSecondary(connectionId);
  return useConnection(connectionId)?.secondaryEndpoint ?? tried;
}
