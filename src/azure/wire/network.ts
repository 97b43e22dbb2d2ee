import type { NetworkLoss, NetworkState } from '../protocol/errors';
import { RelayError } from '../relay/relay-fetch';
import { delay } from './retry';

/** The way from this page to one service, as its requests and the browser tell. */
export type Network = NetworkState & {
  /** True when a request may be sent. Looks with a request that changes nothing where that is not known. */
  isThere: () => boolean | Promise<boolean>;
  /** Told of each answer; `wasThere`: its request was sent before anything was known to be missing. */
  answered: (wasThere?: boolean) => void;
  /** Told why a request got no answer; true when that is for lack of a network. */
  failed: (cause: unknown) => boolean;
  /** Told of the browser's `offline` and `online` events. */
  toldOffline: () => void;
  toldOnline: () => void;
};

export type NetworkOptions = {
  /** What the browser says, as in `navigator.onLine`. */
  isOnline: () => boolean;
  /** Asks for what changes nothing, without a credential. @throws when no answer comes */
  probe: () => Promise<unknown>;
  /** True where the browser's word says nothing: a service on this machine, or one that a local server relays to. */
  isLocal: boolean;
  /** Waits between two looks; tests replace it. */
  wait?: typeof delay;
};

/** Ms between two looks, from the first on. */
const LOOK_AFTER_MS: readonly number[] = [1000, 2000, 4000, 8000, 15_000, 30_000];
/** Looks without an answer after which a browser that is online is believed: the requests themselves then tell what is wrong. */
const MOST_LOOKS = 5;

/**
 * Tells whether requests get through. What the browser says counts until an answer shows that it is wrong, as behind some
 * virtual networks; of a service on this machine it says nothing, so that only a request without an answer counts there.
 */
export function createNetwork({ isOnline, probe, isLocal, wait = delay }: NetworkOptions): Network {
  let loss: NetworkLoss | undefined;
  /** True once an answer came since the browser's last word, or that word says nothing else. */
  let isKnown = isOnline();
  let looking: Promise<boolean> | undefined;
  let isWatching = false;
  const listeners = new Set<() => void>();

  const isGone = () => loss !== undefined;

  function become(next: NetworkLoss | undefined): void {
    if (loss === next) return;
    loss = next;
    for (const listener of listeners) listener();
  }

  function isThere(): void {
    isKnown = true;
    become(undefined);
  }

  function answered(wasThere = false): void {
    // What was asked before the network went may be answered after, and says nothing of now.
    if (wasThere && isGone() && !isOnline()) void lookAndWatch();
    else isThere();
  }

  function failed(cause: unknown): boolean {
    const isOfRelay = cause instanceof RelayError;
    if (isOfRelay && cause.reached && !cause.isUnreachable) return false;
    if (!isOfRelay && isOnline()) return false;
    become(isOfRelay && !cause.reached ? 'server' : 'network');
    void watch();
    return true;
  }

  /** Looks once, for all who ask meanwhile. */
  function look(): Promise<boolean> {
    looking ??= probe()
      .then(
        () => true,
        (cause: unknown) => cause instanceof RelayError && cause.reached && !cause.isUnreachable,
      )
      .then((isAnswered) => {
        looking = undefined;
        if (isAnswered) isThere();
        else if (loss === undefined) become('network');
        return isAnswered;
      });
    return looking;
  }

  /** Looks again and again while the network is gone. Where the browser is offline, its word is waited for. */
  async function watch(): Promise<void> {
    if (isWatching) return;
    isWatching = true;
    for (let looks = 0; isGone() && (isLocal || isOnline()); looks++) {
      await wait(LOOK_AFTER_MS[Math.min(looks, LOOK_AFTER_MS.length - 1)] ?? 0);
      if (!isGone() || (await look())) break;
      if (!isLocal && looks >= MOST_LOOKS) isThere();
    }
    isWatching = false;
  }

  async function lookAndWatch(): Promise<void> {
    if (!(await look())) await watch();
  }

  return {
    loss: () => loss,
    isThere: () => (loss === undefined && isKnown ? true : look()),
    answered,
    failed,
    back(signal) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      if (loss === undefined) return Promise.resolve();
      return new Promise((resolve, reject) => {
        function end(settle: () => void) {
          listeners.delete(check);
          signal?.removeEventListener('abort', abort);
          settle();
        }
        const check = () => loss === undefined && end(resolve);
        const abort = () => end(() => reject(signal?.reason as Error));
        listeners.add(check);
        signal?.addEventListener('abort', abort, { once: true });
      });
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    toldOffline() {
      isKnown = false;
      if (!isLocal) become('network');
      void lookAndWatch();
    },
    toldOnline() {
      isKnown = true;
      if (loss !== undefined) void lookAndWatch();
    },
  };
}
