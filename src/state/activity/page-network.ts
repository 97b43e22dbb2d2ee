import type { NetworkLoss } from '@/azure/protocol/errors';
import { isLoopback } from '@/azure/protocol/loopback';
import { createNetwork, type Network } from '@/azure/wire/network';

export type NetworkPlace = {
  endpoint: string;
  /** True when the local server passes the requests on, so that the network is its own. */
  relay: boolean;
  fetch: typeof globalThis.fetch;
};

/** No answer in this time is none, in ms. */
const PATIENCE_MS = 10_000;

/** The network of a place, as this browser tells of it; `changed` is called whenever something is missing or back. */
export function createPageNetwork({ endpoint, relay, fetch }: NetworkPlace, changed: () => void): Network {
  const network = createNetwork({
    isOnline: () => navigator.onLine,
    isLocal: relay || isLoopback(new URL(endpoint).hostname),
    // Without a credential. What comes back is not looked at, so that no CORS rule is needed.
    probe: () =>
      fetch(endpoint, {
        ...(!relay && { mode: 'no-cors' }),
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MS),
      }),
  });
  network.subscribe(changed);
  if (!navigator.onLine) network.toldOffline();
  return network;
}

/** Tells networks what the browser says from now on. */
export function tellNetworks(networks: () => Iterable<Network>): void {
  addEventListener('offline', () => [...networks()].forEach((network) => network.toldOffline()));
  addEventListener('online', () => [...networks()].forEach((network) => network.toldOnline()));
}

/** What is said of work that waits, as sentences. */
export const waitingText = (loss: NetworkLoss): string =>
  loss === 'server'
    ? 'Paused: the local server does not answer. Goes on when it does.'
    : 'Paused: no network. Goes on when it is back.';
