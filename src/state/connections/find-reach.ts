import { REACH_CAUSES, type Reach } from '@/azure/diagnosis/reach';
import { isLoopback } from '@/azure/protocol/loopback';
import { fetchOwnJson } from '../tab/own-json';

/**
 * Asks the server of this page what is at an address that the page itself cannot reach; undefined where there is none on this
 * machine, or when it does not say.
 */
export async function findReach(endpoint: string, signal?: AbortSignal): Promise<Reach | undefined> {
  if (!isLoopback(location.hostname)) return undefined;
  const { cause: told, detail } =
    (await fetchOwnJson(`/reach.json?endpoint=${encodeURIComponent(endpoint)}`, signal)) ?? {};
  const cause = REACH_CAUSES.find((one) => one === told);
  return cause && { cause, ...(typeof detail === 'string' && { detail }) };
}
