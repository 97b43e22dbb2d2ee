import type { NetworkState } from '@/azure/protocol/errors';
import { isNotSent } from '@/azure/wire/retry';

/** Waits until the network is there; false when `signal` aborted first. */
export async function isBack(network: NetworkState | undefined, signal?: AbortSignal): Promise<boolean> {
  try {
    await network?.back(signal);
    return signal?.aborted !== true;
  } catch {
    return false;
  }
}

/**
 * Sends a request; again once the network is back where it was not sent for lack of one, unless `signal` aborts first.
 * @throws what the request threw
 */
export async function untilSent<Result>(send: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!isNotSent(error) || !error.network || !(await isBack(error.network, signal))) throw error;
    }
  }
}
