import { createNetwork, type Network } from '@/azure/wire/network';
import type { Wire } from '@/azure/wire/transport';
import { createRecords } from '@/messages/records';
import type { Sandbox } from '@/sandbox/service';
import { type BulkScene, bulkScene } from './bulk.fixture';

export type Plug = {
  /** Takes the network away: what is under way gets no answer, and the browser says so. */
  pull: () => void;
  putBack: () => void;
  /** Pulls it at the nth request from now on: before the service sees that, or after the service has acted. */
  pullAt: (request: number, moment: 'before' | 'after') => void;
  /** Requests that were tried without a network, looks apart. */
  readonly failed: number;
  readonly looks: number;
};

export type UnpluggedScene = BulkScene & { plug: Plug; network: Network };

/** A scene whose network can be taken away. Without it the browser says that it is offline, and every request fails. */
export function unpluggedScene({ isLocal = false, seed = 1 } = {}): UnpluggedScene {
  const browser = { isOnline: true };
  const isGone = () => !browser.isOnline;
  let failed = 0;
  let looks = 0;
  let until = Infinity;
  let moment: 'before' | 'after' = 'before';
  const lost = () => {
    failed++;
    return new TypeError('Failed to fetch');
  };
  const network = createNetwork({
    isOnline: () => browser.isOnline,
    isLocal,
    probe: async () => {
      looks++;
      if (isGone()) throw new TypeError('Failed to fetch');
    },
    wait: () => new Promise((resolve) => setTimeout(resolve)),
  });
  const plug: Plug = {
    pull() {
      browser.isOnline = false;
      network.toldOffline();
    },
    putBack() {
      browser.isOnline = true;
      network.toldOnline();
    },
    pullAt(request, when) {
      until = request;
      moment = when;
    },
    get failed() {
      return failed;
    },
    get looks() {
      return looks;
    },
  };
  const wireOf = (sandbox: Sandbox): Wire => ({
    network: () => network,
    fetch: async (input, init) => {
      const isLast = --until === 0;
      if (isLast && moment === 'before') plug.pull();
      if (isGone()) throw lost();
      const answer = await sandbox.fetch(input, init);
      if (isLast) plug.pull();
      // What was under way when the network went has no answer.
      if (isGone()) throw lost();
      return answer;
    },
  });
  return { ...bulkScene(seed, undefined, createRecords(), wireOf), plug, network };
}
