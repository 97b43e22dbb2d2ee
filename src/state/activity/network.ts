import { useSyncExternalStore } from 'react';
import type { NetworkLoss, NetworkState } from '@/azure/protocol/errors';
import { isLoopback } from '@/azure/protocol/loopback';
import { createNetwork, type Network } from '@/azure/wire/network';

type Place = {
  id: string;
  endpoint: string;
  /** True when the local server passes the requests on, so that the network is its own. */
  relay?: boolean | undefined;
};

/** By connection; of its last way. */
const networks = new Map<string, { relay: boolean; network: Network }>();
let isListening = false;

/** No answer in this time is none, in ms. */
const PATIENCE_MS = 10_000;

/** The network of a connection that sends with `fetch`. */
export function networkFor({ id, endpoint, relay = false }: Place, fetch: typeof globalThis.fetch): Network {
  const known = networks.get(id);
  if (known?.relay === relay) return known.network;
  listen();
  const network = createNetwork({
    isOnline: () => ('navigator' in globalThis ? navigator.onLine : true),
    isLocal: relay || isLoopback(new URL(endpoint).hostname),
    // Without a credential. What comes back is not looked at, so that no CORS rule is needed.
    probe: () =>
      fetch(endpoint, {
        ...(!relay && { mode: 'no-cors' }),
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MS),
      }),
  });
  networks.set(id, { relay, network });
  return network;
}

function listen(): void {
  if (isListening || !('addEventListener' in globalThis)) return;
  isListening = true;
  addEventListener('offline', () => networks.forEach(({ network }) => network.toldOffline()));
  addEventListener('online', () => networks.forEach(({ network }) => network.toldOnline()));
}

/** The network of a connection; undefined before its first client, and for the sandbox. */
export const networkOf = (connectionId: string): NetworkState | undefined => networks.get(connectionId)?.network;

const nothing = () => {};

/** What is missing between this page and a connection. */
export function useNetworkLoss(connectionId: string): NetworkLoss | undefined {
  const network = networkOf(connectionId);
  return useSyncExternalStore(
    (changed) => network?.subscribe(changed) ?? nothing,
    () => network?.loss(),
  );
}
