import { isLoopback } from '@/azure/protocol/loopback';
import { fetchOwnJson } from '../tab/own-json';

/** Whether the server of this page relays requests to an endpoint; `why` not. */
export type RelayOffer = { allowed: boolean; why?: string };

/**
 * Asks the server of this page for a relay to an endpoint; undefined where there is none. Only a server on this machine
 * has one, so that no static host is asked for what it lacks.
 */
export async function findRelay(endpoint: string, signal?: AbortSignal): Promise<RelayOffer | undefined> {
  if (!isLoopback(location.hostname)) return undefined;
  const offer = await fetchOwnJson(`/relay.json?endpoint=${encodeURIComponent(endpoint)}`, signal);
  if (!offer) return undefined;
  const { allowed, why } = offer;
  return { allowed: allowed === true, ...(typeof why === 'string' && { why }) };
}
