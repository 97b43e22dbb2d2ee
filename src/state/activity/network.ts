import { useSyncExternalStore } from 'react';
import type { NetworkLoss } from '@/azure/protocol/errors';
import type { Network } from '@/azure/wire/network';
import { whenFirstScreenIsThere } from '@/parts/first-screen';
import { insist } from '@/parts/insist';
import type { NetworkPlace } from './page-network';

/** What makes a network, loaded in quiet once there is a connection: it is needed when nothing can be loaded any more. */
let create: ((place: NetworkPlace, changed: () => void) => Network) | undefined;
let loading: Promise<void> | undefined;
const places = new Map<string, NetworkPlace>();
const networks = new Map<string, Network>();
const listeners = new Set<() => void>();
/** Ms: what the first screen needs comes first. */
const LOAD_AFTER_MS = 1000;

const changed = () => listeners.forEach((listener) => listener());

/** From now on follows the network of a connection whose requests go this way. */
export function followNetwork(connectionId: string, place: NetworkPlace): void {
  places.set(connectionId, place);
  networks.delete(connectionId);
  loading ??= whenFirstScreenIsThere()
    .then(() => new Promise((resolve) => setTimeout(resolve, LOAD_AFTER_MS)))
    .then(loadNetworks);
}

async function loadNetworks(): Promise<void> {
  if (create || !('addEventListener' in globalThis)) return;
  const { createPageNetwork, tellNetworks } = await insist(() => import('./page-network'));
  create = createPageNetwork;
  tellNetworks(() => networks.values());
  for (const id of places.keys()) networkOf(id);
}

/** The network of a connection; undefined before its first client and until it is loaded, and for the sandbox. */
export function networkOf(connectionId: string): Network | undefined {
  const place = places.get(connectionId);
  const network = networks.get(connectionId) ?? (place && create?.(place, changed));
  if (network) networks.set(connectionId, network);
  return network;
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** What is missing between this page and a connection. */
export const useNetworkLoss = (connectionId: string): NetworkLoss | undefined =>
  useSyncExternalStore(subscribe, () => networks.get(connectionId)?.loss());
